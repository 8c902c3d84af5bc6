import Foundation

/// A tree of git as an attacker makes it: names and modes are bytes, nothing is checked.
indirect enum GitTree {
  case file(Data, mode: String = "100644")
  case link(String)
  case submodule
  case folder([(name: Data, node: GitTree)])
  /// Many names for one and the same node, which is kept once.
  case many([String], GitTree)
  /// A folder in itself, so many levels deep, so many times on each.
  case bomb(levels: Int, width: Int)

  static func text(_ text: String) -> GitTree { .file(Data(text.utf8)) }

  /// From paths, whose parts may be anything but a slash.
  static func paths(_ files: [(path: String, node: GitTree)]) -> GitTree {
    var names: [String] = []
    var below: [String: [(path: String, node: GitTree)]] = [:]
    var entries: [(name: Data, node: GitTree)] = []
    for (path, node) in files {
      let parts = path.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else {
        entries.append((Data(path.utf8), node))
        continue
      }
      if below[parts[0]] == nil { names.append(parts[0]) }
      below[parts[0], default: []].append((parts[1], node))
    }
    return .folder(entries + names.map { (Data($0.utf8), .paths(below[$0] ?? [])) })
  }

  var mode: String {
    switch self {
    case .file(_, let mode): mode
    case .link: "120000"
    case .submodule: "160000"
    case .folder, .many, .bomb: "40000"
    }
  }
}

/// Writes such trees into a repository with git's own plumbing.
struct GitWriter {
  let stage: HostileStage
  /// A bare repository.
  let folder: String

  func write(_ node: GitTree) async throws -> String {
    switch node {
    case .file(let bytes, _): return try await object("blob", bytes)
    case .link(let target): return try await object("blob", Data(target.utf8))
    case .submodule: return "0123456789012345678901234567890123456789"
    case .folder(let entries):
      var written: [(name: Data, mode: String, id: String)] = []
      for entry in entries { written.append((entry.name, entry.node.mode, try await write(entry.node))) }
      return try await tree(written)
    case .many(let names, let node): return try await many(names, node)
    case .bomb(let levels, let width): return try await bomb(levels, width)
    }
  }

  private func many(_ names: [String], _ node: GitTree) async throws -> String {
    let id = try await write(node)
    return try await tree(names.map { (name: Data($0.utf8), mode: node.mode, id: id) })
  }

  private func bomb(_ levels: Int, _ width: Int) async throws -> String {
    var (mode, id) = ("100644", try await object("blob", Data("x".utf8)))
    for _ in 0..<levels {
      id = try await tree((0..<width).map { (name: Data("d\($0)".utf8), mode: mode, id: id) })
      mode = "40000"
    }
    return id
  }

  /// In git's order, where a folder counts as if its name ended in a slash.
  private func tree(_ entries: [(name: Data, mode: String, id: String)]) async throws -> String {
    func key(_ entry: (name: Data, mode: String, id: String)) -> Data {
      entry.name + (entry.mode == "40000" ? Data("/".utf8) : Data())
    }
    var bytes = Data()
    for entry in entries.sorted(by: { key($0).lexicographicallyPrecedes(key($1)) }) {
      bytes += Data("\(entry.mode) ".utf8) + entry.name + Data([0]) + Self.binary(entry.id)
    }
    return try await object("tree", bytes)
  }

  private static func binary(_ id: String) -> Data {
    let digits = Array(id)
    return Data(stride(from: 0, to: digits.count, by: 2).map { UInt8(String(digits[$0...($0 + 1)]), radix: 16) ?? 0 })
  }

  func object(_ kind: String, _ bytes: Data) async throws -> String {
    try await stage.git(
      ["--git-dir=\(folder)", "hash-object", "-w", "--literally", "-t", kind, "--stdin"], input: bytes)
  }

  /// Makes a commit of the tree and points a branch, and HEAD, at it.
  func commit(
    _ tree: String, author: String = "Mallory <mallory@example.org>", parent: String? = nil, branch: String = "main"
  ) async throws {
    let parents = parent.map { "parent \($0)\n" } ?? ""
    let text =
      "tree \(tree)\n\(parents)author \(author) 1700000000 +0000\ncommitter \(author) 1700000000 +0000\n\nOne\n"
    let id = try await object("commit", Data(text.utf8))
    try await stage.git(["--git-dir=\(folder)", "update-ref", "refs/heads/\(branch)", id])
    try await stage.git(["--git-dir=\(folder)", "symbolic-ref", "HEAD", "refs/heads/\(branch)"])
  }
}
