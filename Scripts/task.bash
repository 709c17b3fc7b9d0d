# Sourced first by every task: strict mode, the package's folder as working directory, `--help`, and words for people.

set -euo pipefail

task_file=$(realpath "${BASH_SOURCE[1]}")
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Where test logs and reports go; below .build, so that it is never committed.
# shellcheck disable=SC2034  # read by the tasks
logs=.build/test-logs

# The comment at the top of the task is its help.
help() {
    sed -n '2,${/^#/!q; s/^# \{0,1\}//; p}' "$task_file"
}

# Says one line about the work itself, on standard error, so that a task's own output stays clean.
say() {
    printf 'imgn: %s\n' "$*" >&2
}

# Says what went wrong and the way out, and ends the task.
fail() {
    say "$*"
    exit 1
}

if [[ ${1-} == --help || ${1-} == -h ]]; then
    help
    exit 0
fi
