import Foundation
import Testing

@testable import Diagnosis
@testable import Primitives
@testable import Values

@Suite struct KeygenTests {
  static func make(_ pi: ShellHost, _ arguments: String) async throws {
    try await pi.call(.run, ["command": .string("mkdir -p -m 700 ~/.ssh; cd ~/.ssh; \(arguments)")])
  }

  @Test("a new key is made once, and taken the second time", arguments: ShellHost.shells)
  func twice(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    let first = try await pi.call(.keygen, ["comment": .string("me@here")])
    #expect(first.changed == true)
    #expect(first["created"] == .boolean(true))
    #expect(first["path"] == .string(pi.home + "/.ssh/id_ed25519"))
    #expect(first["type"] == .string("ssh-ed25519"))
    #expect(first["public"].text.map { $0 + "\n" } == (try pi.text(".ssh/id_ed25519.pub")))
    #expect(try pi.mode(".ssh/id_ed25519") == "600")
    #expect(try pi.mode(".ssh") == "700")
    let second = try await pi.call(.keygen)
    #expect(second.changed == false)
    #expect(second["fingerprint"] == first["fingerprint"])
    #expect(second["created"] == .boolean(false))
  }

  @Test("of several keys ed25519 goes before ecdsa before rsa, unless another type is asked for")
  func policy() async throws {
    let pi = try ShellHost()
    try await Self.make(
      pi,
      "for t in rsa ecdsa ed25519; do ssh-keygen -q -t $t -N '' -f id_$t; done; ssh-keygen -q -t ed25519 -N '' -f id_a")
    #expect(try await pi.call(.keygen)["path"] == .string(pi.home + "/.ssh/id_ed25519"))
    #expect(try await pi.call(.keygen, ["type": .string("rsa")])["path"] == .string(pi.home + "/.ssh/id_rsa"))
    try await Self.make(pi, "rm id_ed25519 id_ed25519.pub")
    #expect(try await pi.call(.keygen)["path"] == .string(pi.home + "/.ssh/id_ecdsa"))
  }

  @Test("short rsa, dsa without a key and a lone public half do not count, and are told")
  func notCounted() async throws {
    let pi = try ShellHost()
    try await Self.make(pi, "ssh-keygen -q -t rsa -b 1024 -N '' -f id_rsa; echo junk >id_old; chmod 600 id_old")
    try await Self.make(
      pi, "ssh-keygen -q -t dsa -N '' -f id_dsa; ssh-keygen -q -t ecdsa -N '' -f id_ecdsa; rm id_ecdsa")
    #expect(try await pi.call(.keygen)["created"] == .boolean(true))
    #expect(pi.services.warnings.count == 4)
    #expect(pi.services.warnings.contains { $0.contains("1024 bits") })
    #expect(pi.services.warnings.contains { $0.contains("DSA") })
  }

  @Test("a missing public half is made from the private one, and open modes are closed", arguments: ShellHost.shells)
  func repairs(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    try await Self.make(pi, "ssh-keygen -q -t ed25519 -N '' -f id_ed25519; rm id_ed25519.pub; chmod 644 id_ed25519")
    let done = try await pi.call(.keygen)
    #expect(done.changed == true)
    #expect(done["created"] == .boolean(false))
    #expect(try pi.mode(".ssh/id_ed25519") == "600")
    #expect(done["public"].text.map { $0 + "\n" } == (try pi.text(".ssh/id_ed25519.pub")))
    #expect(try await pi.call(.keygen).changed == false)
  }

  @Test(
    "a public half without a key in it is made from the private one",
    arguments: [": >", #"printf '\377\376s\0' >"#, #"printf '\357\273\277' >"#, "echo junk >"])
  func damagedPublicHalf(command: String) async throws {
    let pi = try ShellHost()
    try await Self.make(pi, "ssh-keygen -q -t ed25519 -N '' -C me -f id_ed25519; cp id_ed25519.pub whole")
    try await Self.make(pi, "\(command) id_ed25519.pub")
    let done = try await pi.call(.keygen)
    #expect(done.changed == true)
    #expect(done.what.contains("made anew, since it holds no public key"))
    #expect(try pi.text(".ssh/id_ed25519.pub") == pi.text(".ssh/whole"))
    #expect(try await pi.call(.keygen).changed == false)
  }

  @Test("a public half with a comment line first is in order, and is kept")
  func commentedPublicHalf() async throws {
    let pi = try ShellHost()
    try await Self.make(pi, "ssh-keygen -q -t ed25519 -N '' -f id_ed25519; sed -i '1i # my laptop' id_ed25519.pub")
    #expect(try await pi.call(.keygen).changed == false)
    #expect(try pi.text(".ssh/id_ed25519.pub").hasPrefix("# my laptop\nssh-ed25519 "))
  }

  @Test("a protected key with a public half without a key is no reason to make or move one")
  func damagedProtected() async throws {
    let pi = try ShellHost()
    try await Self.make(pi, "ssh-keygen -q -t ed25519 -N secret -f id_ed25519; : >id_ed25519.pub")
    let before = try pi.tree()
    let failure = try await pi.failure(.keygen)
    let path = pi.home + "/.ssh/id_ed25519"
    #expect(failure.fix == ["make the public half: ssh-keygen -yf \(path) > \(path).pub"])
    #expect(try pi.tree() == before)
  }

  @Test("a comment that is not UTF-8 reaches authorized_keys byte for byte")
  func latin1() async throws {
    let pi = try ShellHost()
    try await Self.make(pi, #"ssh-keygen -q -t ed25519 -N '' -C "$(printf 'J\366rg')" -f id_ed25519"#)
    let key = try await pi.call(.keygen)
    try await pi.call(.copyID, ["key": key.value])
    let same = try await pi.call(.run, ["command": .string("cmp ~/.ssh/id_ed25519.pub ~/.ssh/authorized_keys")])
    #expect(same["status"] == .integer(0))
  }

  @Test("halves that do not belong together are named, and nothing is overwritten", arguments: ["''", "secret"])
  func mismatch(passphrase: String) async throws {
    let pi = try ShellHost()
    try await Self.make(
      pi, "ssh-keygen -q -t ed25519 -N \(passphrase) -f id_ed25519; ssh-keygen -q -t ed25519 -N '' -f b")
    try await Self.make(pi, "cp b.pub id_ed25519.pub")
    let before = try pi.text(".ssh/id_ed25519")
    let failure = try await pi.failure(.keygen)
    #expect(failure.kind == .mismatch)
    #expect(failure.paths == [pi.home + "/.ssh/id_ed25519", pi.home + "/.ssh/id_ed25519.pub"])
    #expect(try pi.text(".ssh/id_ed25519") == before)
  }

  @Test("a protected key counts; without its public half it is a failure that says what to do")
  func encrypted() async throws {
    let pi = try ShellHost()
    try await Self.make(pi, "ssh-keygen -q -t ed25519 -N secret -f id_ed25519")
    let done = try await pi.call(.keygen)
    #expect(done.changed == false)
    #expect(done["encrypted"] == .boolean(true))
    try await Self.make(pi, "rm id_ed25519.pub")
    let failure = try await pi.failure(.keygen)
    #expect(
      failure.fix == [
        "make the public half: ssh-keygen -yf \(pi.home)/.ssh/id_ed25519 > \(pi.home)/.ssh/id_ed25519.pub"
      ])
  }

  @Test("a path that is taken is never overwritten")
  func taken() async throws {
    let pi = try ShellHost()
    try await pi.call(.keygen)
    let before = try pi.text(".ssh/id_ed25519")
    #expect(try await pi.failure(.keygen, ["reuse": .boolean(false)]).kind == .exists)
    #expect(try pi.text(".ssh/id_ed25519") == before)
  }

  @Test("a plan makes nothing and goes on with a key that is not there yet")
  func plan() async throws {
    let pi = try ShellHost()
    let key = try await pi.call(.keygen, [:], plan: true)
    #expect(key["planned"] == .boolean(true))
    #expect(!pi.exists(".ssh"))
    let nas = try CopyIDTests.host()
    #expect(try await nas.call(.copyID, ["key": key.value], plan: true).changed == true)
  }

  @Test("a passphrase is set through no argument, variable or file", arguments: ShellHost.shells)
  func passphrase(shell: [String]) async throws {
    let services = TestServices(passphrase: #" it's a \n "pass" $HOME "#)
    let here = try ShellHost(shell: shell, isHere: true, services: services) { $0.variables["TMPDIR"] = $0.home }
    let done = try await here.call(.keygen, ["passphrase": .boolean(true)])
    #expect(done["encrypted"] == .boolean(true))
    #expect(try here.names() == [".ssh"])
    #expect(services.offered == [here.home + "/.ssh/id_ed25519"])
    let tried = try await here.call(
      .run, ["command": .string(#"ssh-keygen -y -P ' it'\''s a \n "pass" $HOME ' -f ~/.ssh/id_ed25519"#)])
    #expect(tried["status"] == .integer(0))
    #expect(try await here.call(.keygen)["encrypted"] == .boolean(true))
  }

  @Test("a plan asks for no passphrase, and another host sets none")
  func noPassphrase() async throws {
    let services = TestServices(passphrase: "secret word")
    let here = try ShellHost(isHere: true, services: services)
    #expect(try await here.call(.keygen, ["passphrase": .boolean(true)], plan: true)["planned"] == .boolean(true))
    #expect(services.asked == [])
    #expect(try await ShellHost().failure(.keygen, ["passphrase": .boolean(true)]).kind == .argument)
  }

  @Test("ssh_add gives a protected key to the agent, once", arguments: ShellHost.shells)
  func agent(shell: [String]) async throws {
    let socket = "/tmp/agent-\(UUID().uuidString)"
    let services = TestServices(passphrase: "secret word")
    let here = try ShellHost(shell: shell, isHere: true, services: services) {
      $0.variables["SSH_AUTH_SOCK"] = socket
    }
    #expect(try await here.call(.keygen, ["passphrase": .boolean(true)])["in_agent"] == .boolean(false))
    let arguments: [String: LuaValue] = ["key": .string("~/.ssh/id_ed25519"), "lifetime": .integer(600)]
    #expect(try await here.failure(.sshAdd, arguments).kind == .noAgent)
    let started = try await here.call(.run, ["command": .string("ssh-agent -s -a \(socket)")])
    let pid = started["stdout"].text?.firstMatch(of: /SSH_AGENT_PID=(\d+)/).map { String($0.1) } ?? "none"
    #expect(try await here.call(.sshAdd, arguments).changed == true)
    #expect(try await here.call(.sshAdd, arguments).changed == false)
    #expect(try await here.call(.keygen)["in_agent"] == .boolean(true))
    try await here.call(.run, ["command": .string("kill \(pid)")])
  }

  @Test("a wrong passphrase is asked for three times, and then told")
  func wrongPassphrase() async throws {
    let socket = "/tmp/agent-\(UUID().uuidString)"
    let services = TestServices(passphrase: "wrong")
    let here = try ShellHost(isHere: true, services: services) {
      $0.variables["SSH_AUTH_SOCK"] = socket
    }
    try await Self.make(here, "ssh-keygen -q -t ed25519 -N secret -f id_ed25519")
    let started = try await here.call(.run, ["command": .string("ssh-agent -s -a \(socket)")])
    let pid = started["stdout"].text?.firstMatch(of: /SSH_AGENT_PID=(\d+)/).map { String($0.1) } ?? "none"
    #expect(try await here.failure(.sshAdd, ["key": .string("~/.ssh/id_ed25519")]).kind == .denied)
    #expect(services.asked.count == 3)
    try await here.call(.run, ["command": .string("kill \(pid)")])
  }
}
