import Testing

/// What stands in `authorized_keys` before a run, and what must stand in it afterwards.
struct AuthorizedKeysCase: Sendable, CustomTestStringConvertible {
  var name: String
  /// `nil`: there is no file.
  var before: String?
  /// The whole file afterwards, with `KEY` where the new line belongs.
  var after: String
  var testDescription: String { name }

  static let all = [
    AuthorizedKeysCase(name: "missing", before: nil, after: "KEY\n"),
    AuthorizedKeysCase(name: "empty", before: "", after: "KEY\n"),
    AuthorizedKeysCase(
      name: "no final newline after a key", before: Keys.ed25519, after: "\(Keys.ed25519)\nKEY\n"),
    AuthorizedKeysCase(name: "no final newline after a comment", before: "# mine", after: "# mine\nKEY\n"),
    AuthorizedKeysCase(
      name: "no final newline after an unknown key type", before: Keys.unknownType, after: "\(Keys.unknownType)\nKEY\n"),
    AuthorizedKeysCase(
      name: "CRLF", before: "# a\r\n\(Keys.ed25519)\r\n", after: "# a\r\n\(Keys.ed25519)\r\nKEY\n"),
    AuthorizedKeysCase(name: "the key commented out", before: "#KEY\n", after: "#KEY\nKEY\n"),
    AuthorizedKeysCase(
      name: "the key with options", before: "no-agent-forwarding KEY\n", after: "no-agent-forwarding KEY\n"),
    AuthorizedKeysCase(
      name: "the key glued to another", before: "\(Keys.ed25519)KEY\n", after: "\(Keys.ed25519)\nKEY\n"),
  ]
}

@Suite("authorized_keys as people have it", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct AuthorizedKeysTests {
  @Test(arguments: AuthorizedKeysCase.all, [Lab.Kind.debian, .syno, .alpine])
  func `the key is added once, and no other line is touched`(
    _ file: AuthorizedKeysCase, _ kind: Lab.Kind
  ) async throws {
    let host = try await Lab.host(kind)
    try await Operator.with { person in
      try await person.shell(
        "umask 077; mkdir -p .ssh; cd .ssh; ssh-keygen -q -t ed25519 -N '' -C me@here -f id_ed25519")
      try person.write("copy.lua", Self.recipe)
      let key = try person.read(".ssh/id_ed25519.pub").trimmingNewline
      let home = try await host.home()
      if let before = file.before {
        try await host.root(
          "umask 077; mkdir -p \(home)/.ssh; cat >\(home)/.ssh/authorized_keys; chown -R \(host.kind.user) \(home)/.ssh",
          input: before.replacing("KEY", with: key))
      }
      let wanted = file.after.replacing("KEY", with: key)
      try await person.plan("copy.lua", host, status: wanted == file.before?.replacing("KEY", with: key) ? 0 : 2)
      for number in 1...2 {
        let run = try await person.unattended("copy.lua", host)
        #expect(run.status == 0, "run \(number): \(run)")
        let after = try await Lab.lab("exec", Lab.name, host.index, "cat", "\(home)/.ssh/authorized_keys").stdout
        #expect(after == wanted)
      }
    }
  }

  static let recipe = """
    recipe {
      summary = "Copies a key",
      hosts = { { "to", "The host" } },
      needs = { "keys" },
      run = function(hosts)
        step "Copy the key"
        hosts.to:copy_id { key = here:keygen { reuse = true } }
      end,
    }
    """

  @Test(arguments: [Lab.Kind.debian, .syno])
  func `a folder and file that cannot be written are named, and nothing is changed`(
    _ kind: Lab.Kind
  ) async throws {
    let host = try await Lab.host(kind)
    let home = try await host.home()
    try await host.root(
      "mkdir -p \(home)/.ssh; echo '# root' >\(home)/.ssh/authorized_keys; chmod 755 \(home)/.ssh; chmod 644 \(home)/.ssh/authorized_keys; chown -R 0:0 \(home)/.ssh"
    )
    let before = try await host.snapshot()
    try await Operator.with { person in
      let run = try await person.unattended("raspi_passwordless", host)
      #expect(run.status == 1, "\(run)")
      #expect((run.stdout + run.stderr).contains(".ssh"))
      #expect(try await host.snapshot() == before)
    }
  }
}

extension String {
  var trimmingNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}
