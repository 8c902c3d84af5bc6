import Foundation
import Testing

/// The advice of the catalogue, taken from the output of a run that failed, and followed.
@Suite("fixes", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct FixTests {
  /// A failure in the output.
  private struct Told: Decodable {
    var cause: String?
    var message: String
    var fix: [String]
  }
  private struct End: Decodable {
    var event: String
    var failures: [Told]?
  }

  private static func failures(_ run: Finished) -> [Told] {
    let lines = run.stdout.split(separator: "\n").map { Data($0.utf8) }
    return lines.compactMap { try? JSONDecoder().decode(End.self, from: $0) }.flatMap { $0.failures ?? [] }
  }

  @Test(arguments: FixCase.all)
  func `a fix that a failure names works in the situation that it is named for`(_ fix: FixCase) async throws {
    var host = try await Lab.host(fix.kind)
    host.user = fix.account.name
    let box = host
    try await Operator.with { person in
      let made = try await person.shell(
        "umask 077; mkdir .ssh; ssh-keygen -q -t ed25519 -N '' -C me -f .ssh/id_ed25519")
      #expect(made.status == 0, "\(made)")
      try await person.trusts(box)
      try await Self.authorize(fix, box, try person.read(".ssh/id_ed25519.pub"))
      try await box.root(fix.arranging)
      let arranged = try await person.shell(fix.here.replacing("ADDRESS", with: box.address))
      #expect(arranged.status == 0, "\(arranged)")
      try person.write("login.lua", FixCase.recipe(fix.body))
      let failed = try await person.run(Self.line("login", box, fix))
      let failure = try #require(Self.failures(failed).first, "\(failed)")
      #expect(failure.cause == fix.cause, "\(failure)")
      let told = try #require(failure.fix.first { $0.hasPrefix(fix.words) }, "\(failure.fix)")
      let command = fix.completing(String(told.dropFirst(fix.words.count)))
      let more = try await Self.carryOut(command, fix, box, person)
      let run = try await person.run(Self.line("login", box, fix) + more)
      #expect(run.status == 0, "\(command)\n\(run)")
    }
  }

  private static func line(_ recipe: String, _ host: LabHost, _ fix: FixCase) -> [String] {
    let options = fix.account.password.map { password in
      ["--password-command", "printf \(password)", "--sudo-password-command", "printf \(password)"]
    }
    return [Lab.binary, "run", "/root/\(recipe).lua", host.target, "--yes", "--output", "json"] + (options ?? [])
  }

  private static func authorize(_ fix: FixCase, _ host: LabHost, _ key: String) async throws {
    try await host.root(
      """
      home=$(cd ~\(fix.account.name) && pwd -P); mkdir -p "$home/.ssh"; cat >/tmp/key; cp /tmp/key "$home/.ssh/authorized_keys"
      chown \(fix.account.name) "$home/.ssh" "$home/.ssh/authorized_keys"; chmod 644 /tmp/key
      chmod 700 "$home/.ssh"; chmod 600 "$home/.ssh/authorized_keys"
      """, input: key)
  }

  /// - Returns: more arguments for the next run.
  private static func carryOut(
    _ command: String, _ fix: FixCase, _ host: LabHost, _ person: Operator
  ) async throws -> [String] {
    switch fix.place {
    case .account: try await host.root("exec su -s /bin/sh \(fix.account.name) -c \"$(cat)\"", input: command)
    case .root: try await host.root("exec sh -c \"$(cat)\"", input: command)
    case .here:
      let done = try await person.shell("TARGET=\(host.target); \(command)")
      #expect(done.status == 0, "\(command)\n\(done)")
    case .recipe:
      try person.write("fix.lua", FixCase.recipe(command))
      let done = try await person.run(Self.line("fix", host, fix))
      #expect(done.status == 0, "\(command)\n\(done)")
    case .arguments: return command.split(separator: " ").map(String.init)
    }
    return []
  }
}
