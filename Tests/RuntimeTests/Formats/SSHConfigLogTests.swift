import Testing

@testable import Formats

@Suite struct SSHConfigLogTests {
  private static let files: [String: String] = [
    "config": """
    # mine
    Port 2222
    Match host foo exec "true"
      User matched
    Host bar
      User bar
    Host f* !fx
      Include inc
      identitiesonly = "no"
    Match user nobody
      LogLevel QUIET
    Match all
      ChallengeResponseAuthentication no
      Port 3333
    """,
    "inc": """
    IdentitiesOnly yes
    Host foo*
      IdentityFile ~/.ssh/work
    Host other
      IdentityAgent none
    """,
    "/etc/ssh/ssh_config": "HashKnownHosts yes\nIdentitiesOnly no",
  ]

  /// The output of `ssh -vvv -G -F config foo`.
  private static let log = """
    OpenSSH_9.2p1 Debian-2+deb12u10, OpenSSL 3.0.19 27 Jan 2026
    debug1: Reading configuration data config
    debug2: checking match for 'host foo exec "true"' host foo originally foo
    debug3: config line 3: matched 'host "foo"'
    debug2: match found
    debug1: config line 7: Applying options for f*
    debug3: config line 8: Including file inc depth 0
    debug1: Reading configuration data inc
    debug1: inc line 2: Applying options for foo*
    debug2: checking match for 'user nobody' host foo originally foo
    debug2: match not found
    debug2: checking match for 'all' host foo originally foo
    debug2: match found
    debug1: Reading configuration data /etc/ssh/ssh_config
    """

  private func places(_ log: String) -> [String: String] {
    SSHConfigLog(log).places { Array((Self.files[$0] ?? "").utf8) }.mapValues(\.description)
  }

  @Test func `the first line of an option in a block that applies is the one in effect`() {
    #expect(
      places(Self.log) == [
        "port": "config line 2: Port 2222", "user": "config line 4: User matched",
        "identitiesonly": "inc line 1: IdentitiesOnly yes", "identityfile": "inc line 3: IdentityFile ~/.ssh/work",
        "kbdinteractiveauthentication": "config line 13: KbdInteractiveAuthentication no",
        "hashknownhosts": "/etc/ssh/ssh_config line 1: HashKnownHosts yes",
      ])
  }

  @Test func `a file that includes itself is read once at each depth, as by ssh`() {
    let include = { (depth: Int) in
      "debug3: c line 1: Including file c depth \(depth)\ndebug1: Reading configuration data c\n"
    }
    let text = "debug1: Reading configuration data c\n" + (0...15).map(include).joined()
    let log = SSHConfigLog(text + "Too many recursive configuration includes\n")
    var reads = 0
    let places = log.places { _ in
      reads += 1
      return Array("Include c\nPort 2222\n".utf8)
    }
    #expect(places.mapValues(\.description) == ["port": "c line 2: Port 2222"])
    #expect(reads == 17)
    #expect(log.complaints == ["Too many recursive configuration includes"])
  }

  @Test func `complaints are told with file and line, notices are not`() {
    let log = SSHConfigLog(
      """
      OpenSSH_9.2p1 Debian-2
      debug1: Reading configuration data /home/me/.ssh/config
      /home/me/.ssh/config: line 2: Bad configuration option: foo
      /home/me/.ssh/config line 3: no argument after keyword "bar"
      /home/me/.ssh/config: terminating, 2 bad configuration options
      Pseudo-terminal will not be allocated because stdin is not a terminal.
      """)
    #expect(
      log.complaints == [
        "/home/me/.ssh/config: line 2: Bad configuration option: foo",
        "/home/me/.ssh/config line 3: no argument after keyword \"bar\"",
        "/home/me/.ssh/config: terminating, 2 bad configuration options",
      ])
  }
}
