"""Pages about cases: residents', staff's, each verb's, and the setting-up."""
