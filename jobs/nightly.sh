#!/usr/bin/env bash
# One night: digests what came in, into a folder of its own, and rings when it could not.  Made for cron, systemd or
# Kubernetes; README.md beside this file is the runbook.  Settings are variables:
#
#   NIGHTLY_HOME     where everything lives                 /var/lib/digest
#   NIGHTLY_DAY      the night's day, YYYY-MM-DD            today, in UTC
#   NIGHTLY_SOURCE   the articles: a file or a folder       $NIGHTLY_HOME/inbox/$NIGHTLY_DAY
#   NIGHTLY_CONFIG   settings of digest                     nightly.toml beside this file
#   NIGHTLY_KEEP     how many editions are kept             30
#   NIGHTLY_ALARM    a command for any status but 0; it has NIGHTLY_STATUS, NIGHTLY_DAY and the log on its input
#   NIGHTLY_DIGEST   the program                            digest
#
# Under $NIGHTLY_HOME: editions/DAY/ (digests.jsonl, rejects.jsonl, run-report.json; a second edition of a day is
# DAY.02), latest (a link to the newest), state.db, state.db.backup (after each night; .before it), metrics/digest.prom.
# Exit status: that of digest; 75 also where another nightly.sh is at work.
set -euo pipefail
umask 027

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
home=${NIGHTLY_HOME:-/var/lib/digest}
export NIGHTLY_DAY=${NIGHTLY_DAY:-$(date -u +%F)}
source=${NIGHTLY_SOURCE:-$home/inbox/$NIGHTLY_DAY}
config=${NIGHTLY_CONFIG:-$here/nightly.toml}
keep=${NIGHTLY_KEEP:-30}
digest=${NIGHTLY_DIGEST:-digest}
work=
child=

# Rings for any status but 0, also for the script's own faults.  An alarm that fails does not hide what it was for.
finish() {
  local status=$? log=/dev/null
  trap - EXIT
  if [[ -n $work ]]; then log=$work/log; fi
  if ((status != 0)) && [[ -n ${NIGHTLY_ALARM:-} ]]; then
    NIGHTLY_STATUS=$status bash -c "$NIGHTLY_ALARM" <"$log" ||
      say "the alarm command failed; the status to tell was $status"
  fi
  if [[ -n $work ]]; then rm -rf -- "$work"; fi
  exit "$status"
}

say() {
  printf 'nightly: %s\n' "$*" >&2
  if [[ -n $work ]]; then printf 'nightly: %s\n' "$*" >>"$work/log"; fi
}

# Stopping the script stops digest, which puts its own things in order first.
stop() {
  if [[ -n $child ]]; then kill -TERM "$child" 2>/dev/null || true; else exit 143; fi
}

# Runs digest; its log goes on to standard error while it is kept for the alarm.  In the background, because bash heeds
# no signal while it waits for what is in front.  It holds the lock, too: should the script alone be killed, the next
# one would else take the edition that digest is about to fill.
run_digest() {
  local tee status=0
  mkfifo -- "$work/pipe"
  (
    trap '' TERM INT HUP # It ends with digest, when everything is told.
    exec tee -a -- "$work/log" <"$work/pipe" >&2 9>&-
  ) &
  tee=$!
  "$digest" run "$@" >"$work/pipe" 2>&1 &
  child=$!
  wait "$child" || status=$?
  # A signal ends the waiting, not digest.
  while kill -0 "$child" 2>/dev/null; do
    status=0
    wait "$child" || status=$?
  done
  child=
  wait "$tee" || true
  return "$status"
}

# The first edition of the day that has no digests.  They are renamed into it last, so a night that was killed is
# finished where it began, and one that was published is never written over.
choose_edition() {
  local name=$NIGHTLY_DAY number=1
  while [[ -e $home/editions/$name/digests.jsonl ]]; do
    number=$((number + 1))
    printf -v name '%s.%02d' "$NIGHTLY_DAY" "$number"
  done
  printf '%s' "$name"
}

# Removes all editions but the newest.  Their number counts, not their age: after a long outage nothing is lost.
remove_old_editions() {
  local LC_ALL=C i
  local -a editions
  editions=("$home"/editions/????-??-??*)
  local old=$((${#editions[@]} - keep))
  for ((i = 0; i < old; i++)); do rm -rf -- "${editions[i]}"; done
}

# A copy for the morning on which the state is damaged.  A log beside the state is that of a killed run, or of somebody
# who works with it at this moment: then the file alone is not the whole state, and the older copy stays.
back_up_state() {
  if [[ -e $home/state.db-wal ]]; then return; fi
  # One more stays: the night itself may have been the mistake, as under a wrong clock.
  ln -f -- "$home/state.db.backup" "$home/state.db.backup.before" 2>/dev/null || true
  if ! { cp -- "$home/state.db" "$home/state.db.backup.new" && mv -- "$home/state.db.backup.new" "$home/state.db.backup"; }; then
    rm -f -- "$home/state.db.backup.new"
    say "the state was not copied to $home/state.db.backup; the night itself is published."
  fi
}

main() {
  trap finish EXIT
  trap stop TERM INT HUP
  work=$(mktemp -d)
  : >"$work/log"
  if [[ ! $NIGHTLY_DAY =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}$ || ! $keep =~ ^[1-9][0-9]*$ ]]; then
    say "NIGHTLY_DAY is '$NIGHTLY_DAY' and NIGHTLY_KEEP '$keep': a day as YYYY-MM-DD and a number from 1 are wanted."
    return 2
  fi
  if [[ -z $(type -P -- "$digest") ]]; then
    say "there is no program '$digest': name it in NIGHTLY_DIGEST, or put its folder into PATH."
    return 2
  fi
  if ! mkdir -p -- "$home/editions" "$home/metrics" || ! : >>"$home/nightly.lock"; then
    say "cannot write in NIGHTLY_HOME, $home: make the folder, and give it to the user $(id -un)."
    return 1
  fi
  exec 9>"$home/nightly.lock"
  if ! flock --nonblock 9; then
    say "another nightly.sh is at work in $home: nothing was done."
    return 75
  fi

  local edition status=0
  edition=$(choose_edition)
  run_digest "$source" --config "$config" --output "$home/editions/$edition/" --state "$home/state.db" \
    --now "$NIGHTLY_DAY" --run-id "$edition" --metrics "$home/metrics/digest.prom" || status=$?

  if [[ -e $home/editions/$edition/digests.jsonl ]]; then
    ln -sfn -- "editions/$edition" "$home/latest.new"
    mv -T -- "$home/latest.new" "$home/latest"
    remove_old_editions
    back_up_state
  else
    rmdir -- "$home/editions/$edition" 2>/dev/null || true
  fi
  return "$status"
}

main
