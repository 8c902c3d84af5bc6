/// Package managers at work, with an installation that waits for a file.
extension LibraryFailureCase {
  private static let locked = [
    (
      "package { 'greeting', timeout = 40 }",
      "busy: another program works on the packages: its lock was not free in time"
    ), ("run { '(sleep 3; touch /tmp/go) >/dev/null 2>&1 &', root = true }", "done"),
    ("package { 'greeting' }", "done"),
    ("package { 'nosuch' }", "absent: no source of packages of the host has that package"),
  ]

  static let apt = LibraryFailureCase(
    name: "packages in the hands of apt", kind: .debian,
    prepare: """
      mkdir -p /srv/deb && cd /srv/deb && : >Packages && for name in slow greeting; do
        mkdir -p $name/DEBIAN
        printf '%s\\n' "Package: $name" 'Version: 1' 'Architecture: all' 'Maintainer: Ada <ada@example.org>' \
      'Description: says hello' >$name/DEBIAN/control
        [ $name = greeting ] || printf '#!/bin/sh\\n: >/tmp/began; until [ -e /tmp/go ]; do sleep 0.1; done\\n' >slow/DEBIAN/preinst
        chmod -f 755 slow/DEBIAN/preinst; dpkg-deb -b $name $name.deb && cat $name/DEBIAN/control >>Packages
        printf '%s\\n' "Filename: ./$name.deb" "Size: $(wc -c <$name.deb)" "SHA256: $(sha256sum $name.deb | cut -d' ' -f1)" '' >>Packages
      done && echo 'deb [trusted=yes] file:/srv/deb ./' >/etc/apt/sources.list && apt-get update
      setsid apt-get install -y slow </dev/null >/dev/null 2>&1 & timeout 30 sh -c 'until [ -e /tmp/began ]; do sleep 0.1; done'
      """,
    calls: locked)

  static let dnf = LibraryFailureCase(
    name: "packages in the hands of dnf", kind: .dnf,
    prepare: """
      mkdir -p /srv/rpm /etc/yum.repos.d && cd /srv/rpm && for name in slow greeting; do
        printf '%s\\n' "Name: $name" 'Version: 1' 'Release: 1' 'Summary: Says hello' 'License: MIT' 'BuildArch: noarch' \
          'Provides: /bin/sh' '%description' 'Hello.' >$name.spec
        [ $name = greeting ] || printf '%s\\n' '%pre' ': >/tmp/began; until [ -e /tmp/go ]; do sleep 0.1; done' >>slow.spec
        echo '%files' >>$name.spec; rpmbuild -bb -D '_topdir /tmp/rpm' -D '_rpmdir /srv/rpm' $name.spec >/tmp/rpmbuild 2>&1
      done; createrepo_c -q .
      printf '%s\\n' '[local]' 'name=local' 'baseurl=file:///srv/rpm' 'gpgcheck=0' >/etc/yum.repos.d/local.repo
      setsid dnf -q -y install slow </dev/null >/dev/null 2>&1 & timeout 30 sh -c 'until [ -e /tmp/began ]; do sleep 0.1; done'
      """,
    calls: locked)
}
