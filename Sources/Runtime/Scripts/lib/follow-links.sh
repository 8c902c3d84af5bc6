# follow_all: keeps the symbolic links among the watched paths: copies of them in $d/links, their paths in $d/linked. A
#   link's target is added to the watched paths, or to the watched folders with a single name. Without root, only those
#   that the account can restore are kept.

. lib/backup.sh
. lib/own-id.sh

may_put() { [ "$me" = 0 ] || [ -w "$1" ]; }

# Keeps each link on the way from $1; `end` is the first path that is no link.
follow() {
  end=$1; hops=0
  while [ -L "$end" ] && [ "$hops" -lt 20 ]; do
    hops=$((hops + 1))
    if may_put "${end%/*}/"; then
      links=$((links + 1))
      [ -d "$d/links" ] || mkdir "$d/links" || return 1
      cp -pRP "$end" "$d/links/$links" && printf '%s\n' "$end" >>"$d/linked" || return 1
    fi
    says=$(text_of "$end")
    case $says in /*) end=$says ;; *) end=${end%/*}/$says ;; esac
  done
}

# A directory and all its parents: sshd requires all of them to be closed to others.
each_of() {
  rest=${1#/}; each=''
  while [ -n "$rest" ]; do
    each=$each/${rest%%/*}
    printf '%s\n' "$each"
    case $rest in */*) rest=${rest#*/} ;; *) rest='' ;; esac
  done
}

follow_all() {
  own_id
  links=0; more=$folders
  : >"$d/behind" && : >"$d/now" || return 1
  if [ -s "$d/paths" ]; then cp "$d/paths" "$d/now" || return 1; fi
  i=0
  while [ "$i" -lt "$folders" ]; do i=$((i + 1)); files "$i"; done >>"$d/now"
  while IFS= read -r p; do
    [ -L "$p" ] || continue
    follow "$p" || return 1
    if [ -d "$end" ]; then
      each_of "$(cd -P "$end" && pwd -P)" >>"$d/behind"
      continue
    fi
    parent=$(cd -P "${end%/*}/" 2>/dev/null && pwd -P) || continue
    { each_of "$parent"; printf '%s\n' "${parent%/}/${end##*/}"; } >>"$d/behind"
    grep -qxF -e "$p" "$d/paths" && continue
    may_put "$parent" || continue
    more=$((more + 1))
    { printf '%s\n' "$parent" && printf '%s\n' "${end##*/}" | sed 's/[]*?[\\[:blank:]]/?/g'; } >"$d/folder.$more" ||
      return 1
  done <"$d/now"
  if [ -s "$d/behind" ]; then sort -u "$d/behind" >>"$d/paths" || return 1; fi
  printf '%s\n' "$more" >"$d/folders" || return 1
  folders=$more
}
