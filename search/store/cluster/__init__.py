"""An index that lies on an OpenSearch cluster: where, how it is asked, and what of it is brought here."""
