# Every task is a script in Scripts/ with its own --help; this file only names them. ARGS="…" hands options on.

TASKS := run test check conformance fuzz format demo cloud lambda bench screenshots deploy undeploy bootstrap
.DEFAULT_GOAL := tasks
.PHONY: $(TASKS) tasks hooks

$(TASKS) tasks:
	@Scripts/$@ $(ARGS)

# Scripts/hooks is the folder of the hooks themselves.
hooks:
	@Scripts/install-hooks
