"""Asks the API whatever its description allows and forbids: ``python bench/fuzz_api.py INDEX [EXAMPLES]``.

Starts ``citeguide serve`` on a free port and lets schemathesis make so many requests of each operation (default 1,000).
Ends with status 0 where no server error and no answer outside the description was seen.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,"
    "response_headers_conformance,response_schema_conformance,unsupported_method"
)
PROGRAM = "from citeguide.search.cli.main import main; main()"


def main() -> int:
    """Run it. Gives schemathesis' own exit status."""
    index, examples = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "1000"
    command = [sys.executable, "-c", PROGRAM, "--index", str(index), "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        found = re.search(r"http://\S+", server.stderr.readline())
        assert found
        fuzz = ["-m", "schemathesis.cli", "run", f"{found[0]}api/openapi.json", "-n", examples, "-c", CHECKS]
        status = subprocess.run([sys.executable, *fuzz], check=False).returncode
        server.terminate()
    return status


if __name__ == "__main__":
    sys.exit(main())
