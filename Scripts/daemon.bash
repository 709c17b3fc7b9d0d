# Sourced after task.bash by the tasks that start servers: processes known by their pid files, and waiting with an end.

# Whether the process of a pid file lives. A zombie, which nobody may ever reap, does not; nor does a stranger who got
# its number later: ours have the server's folder in their command line.
lives() {
    is_there "$1" || { sleep 0.2 && is_there "$1"; }  # while a process becomes another program, it has no command line
}

is_there() {
    [[ -s $1 ]] || return 1
    local state command
    read -r state command < <(ps -ww -o stat= -o command= -p "$(<"$1")") || return 1
    [[ $state != Z* && $command == *"$(dirname "$1")"* ]]
}

# Ends the process of a pid file: with the signal, and with SIGKILL when it is still there after so many seconds.
end() {
    local file=$1 signal=$2 seconds=$3
    if lives "$file"; then
        kill "-$signal" "$(<"$file")" || true
        for ((tenth = 0; tenth < seconds * 10; tenth++)); do
            lives "$file" || break
            sleep 0.1
        done
        ! lives "$file" || kill -KILL "$(<"$file")" || true
    fi
    rm -f "$file"
}

# Waits until the command after the first two words succeeds, at most so many seconds; says what did not come, else.
wait_for() {
    local what=$1 seconds=$2 deadline=$((SECONDS + $2))
    shift 2
    until "$@" >/dev/null; do
        ((SECONDS < deadline)) || fail "$what did not come within $seconds seconds"
        sleep 0.1
    done
}

# Reads `start | stop | status` and the options --folder, --port and --wipe into variables.
# shellcheck disable=SC2034  # read by the tasks
read_arguments() {
    action=${1-}
    [[ $action == start || $action == stop || $action == status ]] || fail "say start, stop or status (see --help)"
    shift
    wipe=false
    while (($#)); do
        case $1 in
            --wipe) wipe=true ;;
            --folder) folder=${2:?--folder needs a path} && shift ;;
            --port) port=${2:?--port needs a number} && shift ;;
            *) fail "there is no option \"$1\" (see --help)" ;;
        esac
        shift
    done
    [[ $folder == /* ]] || folder=$PWD/$folder
}
