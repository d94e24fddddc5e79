// What an update of the index says is looked at again until it has ended.
"use strict";

(() => {
  const follow = () => {
    if (!document.querySelector("[data-running]")) return;
    setTimeout(async () => {
      const answer = await fetch("/admin").catch(() => null);
      if (!answer?.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.getElementById("progress").replaceWith(page.getElementById("progress"));
      follow();
    }, 2000);
  };
  follow();
})();
