import Contract
import Diagnosis
import Formats
import Hosts
import Scripts
import Values

extension Primitive {
  static let remove = Primitive(
    "remove", "Removes a file, a link or an empty directory.", needs: .files,
    Parameter<RemotePath>(
      "path", "The path to remove. Homes, `~/.ssh`, `authorized_keys` and private keys are refused."),
    Parameter("root", "Do it as root; needs the permission `root` too.", default: false),
    results: [ResultField("changed", "boolean", "Whether the path existed.")],
    done: "The path was looked up again, and does not exist.",
    example: #"pi:remove "~/.hushlogin""#
  ) { context, path, root in
    let account = try context.account(root: root, for: "remove")
    let reader = context.reader
    let facts = try await reader.facts()
    let path = try await reader.absolute(path)
    try Removal.check(path, facts: facts)
    let state = try await reader.state(of: path, as: account)
    guard let status = state.status else { return .unchanged("\(path) is not there") }
    if status.kind == .file, state.contents?.containsPrivateKey == true {
      throw Failure(.refused, "\"\(path)\" holds a private key; nothing but a person removes one", paths: [path])
    }
    if status.kind == .directory, try await Removal.hasEntries(path, reader: reader, account: account) {
      throw Failure(.notEmpty, "the directory \"\(path)\" is not empty", paths: [path])
    }
    return .change("\(path): removed") { writer in
      try await writer.remove(path, as: account)
      return [:]
    }
  }
}

/// Paths that `remove` refuses for every account.
enum Removal {
  /// - Parameter path: absolute.
  /// - Throws: ``Failure`` of kind `refused`.
  static func check(_ path: String, facts: Facts) throws {
    let words = path.split(separator: "/").filter { $0 != "." }
    guard !words.contains("..") else {
      throw Failure(.refused, "\"\(path)\" goes up with \"..\"; name the path itself", paths: [path])
    }
    let plain = "/" + words.joined(separator: "/")
    let homes = [facts.home, facts.physicalHome].filter { !$0.isEmpty }
    if plain == "/" || homes.contains(plain) || homes.contains(where: { plain == $0 + "/.ssh" }) {
      throw Failure(.refused, "\"\(plain)\" is never removed", paths: [plain])
    }
    if homes.contains(where: { plain == $0 + "/.ssh/authorized_keys" }) {
      throw Failure(
        .refused, "\"\(plain)\" is what lets people log in, so it is never removed whole",
        fix: ["take one key out of it with remove_id"], paths: [plain])
    }
  }

  static func hasEntries(_ path: String, reader: Reader, account: Account) async throws -> Bool {
    // The host cannot list entries changed by a plan.
    guard !reader.isPlanned else { return false }
    let script = Script("list \(path)", ShellScripts.listFirstEntry, [path])
    return try await reader.query(script, as: account).text.isEmpty == false
  }
}
