import Foundation
import TestSupport
import Testing

/// The built program, run as a person runs it, with a home and recipes of its own.
struct Program {
  struct Result: Equatable, CustomStringConvertible {
    var status: Int32
    var output: String
    var complaints: String
    var description: String { "status \(status)\n--- output\n\(output)\n--- complaints\n\(complaints)" }
  }

  let home: URL

  /// Gives a test a folder of its own, which is removed afterwards.
  static func with<T>(recipes: [String: String] = [:], _ body: (Program) throws -> T) throws -> T {
    let home = FileManager.default.temporaryDirectory.appending(path: "ssh-recipes-\(UUID().uuidString)")
    let folder = home.appending(path: "data/recipes/platforms")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: home) }
    for (name, text) in recipes {
      try text.write(to: home.appending(path: "data/recipes/\(name)"), atomically: true, encoding: .utf8)
    }
    return try body(Program(home: home))
  }

  static var executable: URL { built("ssh-recipes") }

  /// A program of this package, in the folder of the test bundle.
  private static func built(_ name: String) -> URL {
    #if os(macOS)
      let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") } ?? .main
      return bundle.bundleURL.deletingLastPathComponent().appending(path: name)
    #else
      URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: name)
    #endif
  }

  func run(_ arguments: String...) throws -> Result { try run(arguments) }

  /// - Parameter environment: beside the usual one, or in its place.
  func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Result {
    try run(Self.executable, arguments, environment: environment)
  }

  /// Another program of this package.
  func run(program name: String, _ arguments: String...) throws -> Result {
    try run(Self.built(name), arguments, environment: [:])
  }

  /// Without a terminal, also where the tests have one: in a session of its own.
  func unattended(_ arguments: String...) throws -> Result { try unattended(arguments) }

  func unattended(_ arguments: [String], environment: [String: String] = [:]) throws -> Result {
    let setsid = URL(fileURLWithPath: "/usr/bin/setsid")
    guard FileManager.default.isExecutableFile(atPath: setsid.path) else {
      return try run(arguments, environment: environment)
    }
    return try run(setsid, ["--wait", Self.executable.path] + arguments, environment: environment)
  }

  /// A shell script in the home, which has to work.
  ///
  /// - Returns: what it printed.
  @discardableResult
  func shell(_ script: String, environment: [String: String] = [:]) throws -> String {
    let result = try run(URL(fileURLWithPath: "/bin/sh"), ["-ec", script], environment: environment)
    try #require(result.status == 0, "\(script)\n\(result)")
    return result.output
  }

  private func run(_ executable: URL, _ arguments: [String], environment: [String: String]) throws -> Result {
    let outcome = try ChildProcess.run(
      executable.path, arguments,
      environment: [
        "HOME": home.path, "PATH": "/usr/bin:/bin", "COLUMNS": "80", "SSH_RECIPES_DATA": "data",
        "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
      ].merging(environment) { $1 }, folder: home.path)
    return Result(
      status: outcome.status, output: String(decoding: outcome.output, as: UTF8.self),
      // How far a fetch of `~/src` is, is told where it takes long, which a busy computer makes it do.
      complaints: outcome.errors.replacing(/(?m)^(file:\/\/)?[^\n: ]*src: [^\n]*\n/, with: ""))
  }
}
