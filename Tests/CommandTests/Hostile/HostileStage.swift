import Foundation
import TestSupport

/// A home of a person, a repository that somebody evil serves beside it, and the built program.
///
/// Nothing here holds a thread while a process runs: other tests in this process measure time.
struct HostileStage: Sendable {
  let top: URL
  var home: URL { top.appending(path: "home") }
  /// What evil commands would make; it must never be there.
  var canary: String { top.appending(path: "canary").path }
  var repository: String { top.appending(path: "evil.git").path }

  static func with<T>(_ body: (HostileStage) async throws -> T) async throws -> T {
    let top = FileManager.default.temporaryDirectory.appending(path: "hostile-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: top) }
    for folder in ["home", "data/recipes/platforms"] {
      try FileManager.default.createDirectory(at: top.appending(path: folder), withIntermediateDirectories: true)
    }
    try harmless.write(to: top.appending(path: "data/recipes/local_one.lua"), atomically: false, encoding: .utf8)
    try "mine\n".write(to: top.appending(path: "home/notes"), atomically: false, encoding: .utf8)
    return try await body(HostileStage(top: top))
  }

  static let harmless = "recipe { summary = \"Nothing\", run = function() note \"ran\" end }\n"

  func serve(_ tree: GitTree, author: String = "Mallory <mallory@example.org>") async throws {
    try await git(["init", "-q", "--bare", "--template=", repository])
    let writer = GitWriter(stage: self, folder: repository)
    try await writer.commit(try await writer.write(tree), author: author)
  }

  @discardableResult
  func git(_ arguments: [String], input: Data = Data()) async throws -> String {
    let environment = ["PATH": "/usr/bin:/bin", "HOME": top.path, "GIT_CONFIG_NOSYSTEM": "1"]
    let result = try await Self.start("/usr/bin/git", arguments, environment, input: input, in: top)
    guard result.status == 0 else { throw Failed(arguments: arguments, result: result) }
    return result.output.trimmingCharacters(in: .newlines)
  }

  /// Runs another program, in the folder above the home.
  @discardableResult
  func start(_ program: String, _ arguments: String...) async throws -> String {
    let environment = ["PATH": "/usr/bin:/bin", "HOME": top.path]
    let result = try await Self.start(program, arguments, environment, input: Data(), in: top)
    guard result.status == 0 else { throw Failed(arguments: [program] + arguments, result: result) }
    return result.output
  }

  struct Failed: Error {
    var arguments: [String]
    var result: Program.Result
  }

  /// Runs the program in the person's home; paths in what it says are shortened.
  func run(_ arguments: [String], environment extra: [String: String] = [:]) async throws -> Program.Result {
    let environment = [
      "HOME": home.path, "PATH": "/usr/bin:/bin", "COLUMNS": "80",
      "SSH_RECIPES_DATA": top.appending(path: "data").path,
    ].merging(extra) { $1 }
    // In a session of its own: also where the tests have a terminal, nobody is to be asked.
    let setsid = "/usr/bin/setsid"
    let words = FileManager.default.isExecutableFile(atPath: setsid) ? [setsid, "--wait"] : []
    let command = words + [Program.executable.path] + arguments
    var result = try await Self.start(
      command[0], Array(command.dropFirst()), environment, input: Data(), in: home)
    result.output = shortened(result.output)
    result.complaints = shortened(result.complaints)
    return result
  }

  /// How far a fetch is, is told where it takes long, and that depends on the machine.
  private func shortened(_ text: String) -> String {
    text.replacing(top.path, with: "TOP").replacing(/TOP\/evil\.git: [^\n]*\n/, with: "").replacing(
      /\d+\.\d+ s\b|\d+ min \d+ s\b/, with: "TIME"
    )
    .replacing(/[0-9a-f]{64}/, with: "HASH")
    .replacing(/\b[0-9a-f]{40}\b/, with: "COMMIT").replacing(/\b[0-9a-f]{12}\b/, with: "COMMIT")
  }

  private static func start(
    _ path: String, _ arguments: [String], _ environment: [String: String], input: Data, in folder: URL
  ) async throws -> Program.Result {
    let file = FileManager.default.temporaryDirectory.appending(path: "hostile-\(UUID().uuidString)")
    try input.write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let outcome = try ChildProcess.run(
      path, arguments, environment: environment, folder: folder.path, input: .file(file.path))
    return Program.Result(
      status: outcome.status, output: String(decoding: outcome.output, as: UTF8.self), complaints: outcome.errors)
  }

  /// Everything below the top but what the program may write to, by path: what kind of thing, its mode, its bytes.
  func snapshot() throws -> [String: String] {
    var found: [String: String] = [:]
    let top = top
    let mine = ["home/.cache/ssh-recipes", "home/.local", "home/.config", "home/.cache"]
    for path in FileManager.default.enumerator(atPath: top.path)?.compactMap({ $0 as? String }) ?? [] {
      guard !mine.contains(where: { path == $0 || path.hasPrefix($0 + "/") }) else { continue }
      let attributes = try FileManager.default.attributesOfItem(atPath: top.appending(path: path).path)
      let kind = attributes[.type] as? FileAttributeType
      let bytes = kind == .typeRegular ? try Data(contentsOf: top.appending(path: path)).hashValue : 0
      found[path] = "\(kind?.rawValue ?? "?") \(attributes[.posixPermissions] ?? 0) \(bytes)"
    }
    return found
  }

  /// Files of repositories that the program has kept: none after a refusal.
  func kept() throws -> [String] {
    let paths = FileManager.default.enumerator(atPath: home.path)?.compactMap { $0 as? String } ?? []
    return paths.filter { $0.hasPrefix(".config/") || $0.hasPrefix(".local/share/") }.filter { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: home.appending(path: path).path, isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }
}
