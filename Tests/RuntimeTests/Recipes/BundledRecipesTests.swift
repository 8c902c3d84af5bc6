import Testing

@testable import Diagnosis
@testable import Values

@Suite("raspi_passwordless, branch by branch")
struct RaspiRecipeTests {
  static let pi = "pi@raspberrypi"
  static let key: [String: LuaValue] = [
    "path": .string("/home/u/.ssh/id_ed25519"), "created": .boolean(false), "encrypted": .boolean(false),
    "in_agent": .boolean(false),
  ]
  static let account: RecipeStage.Answer = .value([
    "user": .string("pi"), "home": .string("/home/pi"), "platform": .string("debian"),
  ])
  static func refused(_ cause: String, _ paths: String...) -> RecipeStage.Answer {
    let list = LuaTable(list: paths.map { .string($0) })
    return .value([
      "ok": .boolean(false), "kind": .string("denied"), "cause": .string(cause), "paths": .table(list),
      "message": .string("the server refused the key"), "seen": .table(LuaTable()), "fix": .table(LuaTable()),
    ])
  }
  static let accepted: RecipeStage.Answer = .value(["ok": .boolean(true)])

  func play(
    _ answers: [String: [RecipeStage.Answer]], key: [String: LuaValue] = Self.key, person: Bool = false,
    settings: [String] = []
  ) async throws -> (lines: [String], failure: Failure?) {
    var all: [String: [RecipeStage.Answer]] = [
      "here.keygen": [.value(key)], "here.facts": [.value(["system": .string("Linux")])],
      "\(Self.pi).facts": [Self.account], "\(Self.pi).verify_login": [Self.accepted],
    ]
    all.merge(answers) { $1 }
    let stage = RecipeStage(["here", Self.pi], person: person, answers: all)
    return try await stage.play("raspi_passwordless", roles: ["pi": RecipeStage.host(1)], settings: settings)
  }

  @Test("without problems, the recipe follows the guide: key, copy, login")
  func straight() async throws {
    let (lines, failure) = try await play([:])
    #expect(failure == nil)
    #expect(
      lines == [
        "step Look for a key on this computer, or make one",
        "here.keygen passphrase=false reuse=true type=ed25519",
        "step Reach the Pi",
        "step Copy the public key to the Pi",
        "\(Self.pi).copy_id",
        "step Log in with the key alone",
        "\(Self.pi).verify_login",
        "step Log in as you will: with your own configuration and agent",
        "\(Self.pi).verify_login",
      ])
  }

  @Test(
    "options that the user's own ssh lacks are shown, and written only if the user agrees", arguments: [true, false])
  func ownLogin(person: Bool) async throws {
    let own: [String: LuaValue] = [
      "ok": .boolean(false), "explanation": .string("the key is not offered"),
      "fix": .table(LuaTable(list: [.string("name it")])),
      "config": .table(LuaTable(fields: ["IdentityFile": .string("~/.ssh/id"), "IdentitiesOnly": .string("yes")])),
    ]
    let (lines, failure) = try await play(
      ["\(Self.pi).verify_login": [Self.accepted, .value(own), Self.accepted]], person: person)
    #expect(failure?.explanation == (person ? nil : "the key is not offered"))
    #expect(failure?.host == (person ? nil : Self.pi))
    let start = [
      "\(Self.pi).verify_login",
      "ask Add to ~/.ssh/config, for this Pi alone: IdentitiesOnly yes, IdentityFile ~/.ssh/id?",
    ]
    let end =
      person
      ? [
        "here.edit_client_config host=a host options={IdentitiesOnly=yes IdentityFile=~/.ssh/id}",
        "\(Self.pi).verify_login",
      ] : ["warn The key works; your own ssh, without ssh-recipes, does not get in with it yet"]
    #expect(lines.suffix(start.count + end.count) == (start + end)[...])
  }

  @Test(
    "one more key for ssh to try needs no more than --yes, and without an answer the failure names it",
    arguments: [true, false])
  func moreKeys(person: Bool) async throws {
    let keys = LuaTable(list: [.string("~/.ssh/odd"), .string("~/.ssh/id_ed25519")])
    let own: [String: LuaValue] = [
      "ok": .boolean(false), "explanation": .string("the key is not offered"),
      "fix": .table(LuaTable(list: [.string("name it")])),
      "config": .table(LuaTable(fields: ["IdentityFile": .table(keys)])),
    ]
    let (lines, failure) = try await play(
      ["\(Self.pi).verify_login": [Self.accepted, .value(own), Self.accepted]], person: person)
    let question =
      "confirm Add to ~/.ssh/config, for this Pi alone: IdentityFile ~/.ssh/id_ed25519, IdentityFile ~/.ssh/odd?"
    #expect(lines.contains(question))
    #expect(lines.contains { $0.hasPrefix("here.edit_client_config ") } == person)
    let fix = "or let the recipe write that, and undo take it back: the same command with --yes"
    #expect(failure?.fix == (person ? nil : ["name it", fix]))
  }

  @Test("a home writable by others is closed, and the login tried again")
  func modes() async throws {
    let (lines, failure) = try await play([
      "\(Self.pi).verify_login": [Self.refused("bad-modes", "/home/pi", "/home/pi/.ssh"), Self.accepted]
    ])
    #expect(failure == nil)
    #expect(
      lines.suffix(7) == [
        "step Close the home directory to group and others, as sshd demands",
        "\(Self.pi).chmod /home/pi g-w,o-w",
        "\(Self.pi).chmod /home/pi/.ssh g-w,o-w",
        "step Log in with the key alone, once more",
        "\(Self.pi).verify_login",
        "step Log in as you will: with your own configuration and agent",
        "\(Self.pi).verify_login",
      ])
  }

  @Test("a repair that did not help is not tried again, and the log is shown")
  func hopeless() async throws {
    let log = LuaTable(list: [.string("sshd[1]: no")])
    let (lines, failure) = try await play([
      "\(Self.pi).verify_login": [Self.refused("bad-modes", "/home/pi")],
      "\(Self.pi).tail_log": [.value(["lines": .table(log)])],
    ])
    #expect(lines.filter { $0.hasSuffix(".verify_login") }.count == 2)
    #expect(failure?.cause == .badModes)
    #expect(failure?.host == Self.pi)
    #expect(failure?.seen == ["sshd[1]: no"])
    #expect(failure?.fix.last?.contains("forums.raspberrypi.com") == true)
  }

  @Test("a .ssh owned by root is given back only if the user agrees", arguments: [true, false])
  func owner(person: Bool) async throws {
    var problem = Failure(.denied, "…", cause: .wrongOwner)
    problem.paths = ["/home/pi/.ssh"]
    let (lines, failure) = try await play(
      ["\(Self.pi).copy_id": [.failure(problem), .value([:])]], person: person)
    #expect(lines.contains("\(Self.pi).chown /home/pi/.ssh pi") == person)
    #expect((failure == nil) == person)
  }

  @Test("SSH on a Pi that refuses connections is switched on by hand; without a user the recipe fails with the cause")
  func refused() async throws {
    let refused = Failure(.unreachable, "the connection was refused", cause: .refused)
    let alone = try await play(["\(Self.pi).facts": [.failure(refused)]])
    #expect(alone.lines.suffix(2) == ["step Reach the Pi", "manual Switch on SSH on \(Self.pi)"])
    #expect(alone.failure?.cause == .refused)
    let person = try await play(["\(Self.pi).facts": [.failure(refused), Self.account]], person: true)
    #expect(person.failure == nil)
    let away = try await play(["\(Self.pi).facts": [.failure(Failure(.unreachable, "…", cause: .timeout))]])
    #expect(away.lines.last == "step Reach the Pi")
    #expect(away.failure?.cause == .timeout)
  }

  @Test("a key with a passphrase goes to the agent first, and on a Mac to the keychain after the proof")
  func passphrase() async throws {
    var key = Self.key
    key["encrypted"] = .boolean(true)
    let (lines, _) = try await play(["here.facts": [.value(["system": .string("Darwin")])]], key: key)
    let told = lines.filter { $0.hasPrefix("here.ssh_add") || $0.hasSuffix("verify_login") }
    let login = "\(Self.pi).verify_login"
    #expect(told == ["here.ssh_add", login, "here.ssh_add keychain=true", login])
  }

  @Test("a key is added again to an agent that refuses to sign")
  func agent() async throws {
    let (lines, failure) = try await play([
      "\(Self.pi).verify_login": [Self.refused("agent-refused"), Self.accepted]
    ])
    #expect(failure == nil)
    #expect(lines.contains("here.ssh_add"))
  }

  @Test("passwords are switched off only after the proof, and only if the parameter is set")
  func passwordsOff() async throws {
    let (lines, _) = try await play(
      ["\(Self.pi).edit_config": [.value(["changed": .boolean(true)])]], settings: ["passwords_off=true"])
    #expect(
      lines.suffix(4) == [
        "\(Self.pi).verify_login",
        "step Turn off password logins",
        "\(Self.pi).edit_config options={KbdInteractiveAuthentication=no PasswordAuthentication=no}",
        "\(Self.pi).restart_ssh",
      ])
  }
}

@Suite("synology_pair, branch by branch")
struct SynologyRecipeTests {
  static let key: [String: LuaValue] = [
    "path": .string("/volume1/homes/admin/.ssh/id_ed25519"), "created": .boolean(false), "encrypted": .boolean(false),
  ]
  static let dsm: RecipeStage.Answer = .value([
    "platform": .string("synology_dsm7"), "user": .string("admin"),
    "clicks": .table(LuaTable(fields: ["homes_off": .string("Control Panel"), "autoblock": .string("Security")])),
    "notes": .table(LuaTable(fields: ["acl_tool": .string("/usr/syno/bin/synoacltool")])),
  ])

  func play(
    _ answers: [String: [RecipeStage.Answer]] = [:], person: Bool = false, settings: [String] = []
  ) async throws -> (lines: [String], failure: Failure?) {
    var all: [String: [RecipeStage.Answer]] = [:]
    for name in ["a", "b", "c"] {
      all["\(name).keygen"] = [.value(Self.key)]
      all["\(name).facts"] = [Self.dsm]
      all["\(name).verify_login"] = [.value(["ok": .boolean(true)])]
      all["\(name).edit_config"] = [.value(["changed": .boolean(false)])]
    }
    all.merge(answers) { $1 }
    let stage = RecipeStage(["here", "a", "b", "c"], person: person, answers: all)
    let to = LuaTable(list: [RecipeStage.host(2), RecipeStage.host(3)])
    return try await stage.play(
      "synology_pair", roles: ["from": RecipeStage.host(1), "to": .table(to)], settings: settings)
  }

  func acts(_ lines: [String]) -> [String] { lines.filter { !$0.hasPrefix("step ") && !$0.hasPrefix("note ") } }

  @Test("one box makes the key; the others get its public line and are tested from there")
  func straight() async throws {
    let (lines, failure) = try await play()
    #expect(failure == nil)
    let closed = { (box: String) in
      ["~", "~/.ssh", "~/.ssh/authorized_keys"].map { "\(box).chmod \($0) g-w,o-w" }
    }
    #expect(
      acts(lines) == ["a.keygen reuse=true type=ed25519"] + closed("a") + ["b.copy_id"] + closed("b") + ["c.copy_id"]
        + closed("c") + [
          "b.edit_config options={PubkeyAuthentication=yes}", "c.edit_config options={PubkeyAuthentication=yes}",
          "a.trust_host b", "a.trust_host c",
          "b.verify_login from=a host", "c.verify_login from=a host",
        ])
  }

  @Test("options for the key are part of every copy")
  func options() async throws {
    let (lines, _) = try await play(settings: ["key_options=restrict"])
    #expect(lines.filter { $0.contains("copy_id") } == ["b.copy_id options=restrict", "c.copy_id options=restrict"])
  }

  @Test("sshd is restarted only where its configuration was changed")
  func restart() async throws {
    let (lines, _) = try await play(["c.edit_config": [.value(["changed": .boolean(true)])]])
    #expect(lines.filter { $0.hasSuffix("restart_ssh") } == ["c.restart_ssh"])
  }

  @Test("a box without homes stops the recipe with instructions, before any change")
  func homes() async throws {
    let (lines, failure) = try await play(["c.status": [.value(["exists": .boolean(false)])]])
    #expect(acts(lines) == ["manual Enable user homes on c"])
    #expect(failure?.cause == .noHome)
    #expect(failure?.host == "c")
    #expect(failure?.fix == ["Control Panel"])
  }

  @Test("SSH that is off is switched on by hand")
  func off() async throws {
    let refused = Failure(.unreachable, "the connection was refused", cause: .refused)
    let (lines, failure) = try await play(["b.facts": [.failure(refused), Self.dsm]], person: true)
    #expect(lines.contains("manual Switch on SSH on b"))
    #expect(failure == nil)
  }

  @Test("an access control list is shown first, and removed only if the user agrees", arguments: [true, false])
  func acl(person: Bool) async throws {
    let home = LuaTable(list: [.string("/volume1/homes/admin")])
    let denied: RecipeStage.Answer = .value([
      "ok": .boolean(false), "cause": .string("acl"), "paths": .table(home),
      "message": .string("the server refused the key"),
    ])
    let (lines, failure) = try await play(
      [
        "b.verify_login": [denied, .value(["ok": .boolean(true)])],
        "b.run": [.value(["stdout": .string("[0] everyone::allow:rwx")])],
      ], person: person)
    let shown = "note b: the access control list of /volume1/homes/admin was:\n[0] everyone::allow:rwx"
    #expect(lines.contains(shown) == person)
    let runs = [
      "b.run /usr/syno/bin/synoacltool -get '/volume1/homes/admin' check=false reads=true root=true",
      "b.run /usr/syno/bin/synoacltool -del '/volume1/homes/admin' root=true",
    ]
    #expect(lines.filter { $0.hasPrefix("b.run") } == (person ? runs : []))
    #expect(failure?.cause == (person ? nil : .badACL))
  }

  @Test("both_ways makes a key on each box and copies it to the first")
  func bothWays() async throws {
    let (lines, _) = try await play(settings: ["both_ways=true"])
    #expect(
      acts(lines).filter { $0.contains("keygen") || $0.contains("copy_id") || $0.contains("verify_login") } == [
        "a.keygen reuse=true type=ed25519", "b.copy_id", "c.copy_id", "b.verify_login from=a host",
        "c.verify_login from=a host", "b.keygen reuse=true type=ed25519", "a.copy_id",
        "a.verify_login from=a host", "c.keygen reuse=true type=ed25519", "a.copy_id",
        "a.verify_login from=a host",
      ])
  }

  @Test("auto block comes last, and a skipped step is a warning")
  func autoblock() async throws {
    let (lines, failure) = try await play(settings: ["internet=true"])
    #expect(failure == nil)
    #expect(
      lines.suffix(2) == [
        "manual Enable auto block on c", "warn c: auto block is still to be enabled: Security",
      ])
  }
}
