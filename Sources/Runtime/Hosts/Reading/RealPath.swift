import Scripts

/// The place a path leads to.
package struct RealPath: Sendable, Hashable {
  /// The path without links among its directories; its last component may be a link.
  package var place: String
  /// The target, if the last component is a link.
  var target: String?

  package var all: [String] { [place] + (target.map { [$0] } ?? []) }
}

/// A cache of resolved links, valid until a change may have moved them.
package struct RealPaths: Sendable, Hashable {
  var directories: [String: String] = [:]
  var files: [String: RealPath] = [:]

  package init(directories: [String: String] = [:], files: [String: RealPath] = [:]) {
    self.directories = directories
    self.files = files
  }
}

extension Reader {
  /// Resolves paths in one round trip, or in none if all are known.
  ///
  /// - Parameters:
  ///   - paths: absolute, without `.` and `..`.
  ///   - files: the paths to follow to the last component.
  /// - Returns: a result per path. A path that cannot be entered resolves to itself.
  package func realPaths(_ paths: [String], following files: Set<String>, as account: Account) async throws -> [String:
    RealPath]
  {
    let home = try await facts().physicalHome
    var known: [String: RealPath] = [:]
    var missing: [String] = []
    for path in paths where known[path] == nil && !missing.contains(path) {
      if let real = knownRealPath(path, follows: files.contains(path), home) {
        known[path] = real
      } else {
        missing.append(path)
      }
    }
    guard !missing.isEmpty else { return known }
    let output = try await query(Script("look for links", ShellScripts.findRealPaths, missing), as: account)
    var seen: [String: RealPath] = [:]
    var path = ""
    for line in output.text.split(whereSeparator: \.isNewline).map(String.init) {
      if line.hasPrefix("of ") {
        path = String(line.dropFirst(3))
      } else if line.hasPrefix("place ") {
        seen[path] = RealPath(place: String(line.dropFirst(6)))
      } else if line.hasPrefix("target ") {
        seen[path]?.target = String(line.dropFirst(7))
      }
    }
    var memory = host.realPaths
    for path in missing {
      known[path] = seen[path] ?? RealPath(place: path)
      guard let real = seen[path] else { continue }
      memory.files[path] = real
      memory.directories[Self.parent(of: path)] = Self.parent(of: real.place)
    }
    host.realPaths = memory
    return known
  }

  private func knownRealPath(_ path: String, follows: Bool, _ home: String) -> RealPath? {
    if path == "/" { return RealPath(place: "/") }
    if let real = host.realPaths.files[path] { return real }
    guard let folder = knownDirectory(Self.parent(of: path), home) else { return nil }
    let name = path.split(separator: "/").last ?? ""
    let real = RealPath(place: Self.path(of: name, in: folder))
    if !follows || host.files.lacksDirectory(of: path) { return real }
    guard let state = host.files[path], state.status?.kind != .link else { return nil }
    return real
  }

  /// The home directory and its directories need no further round trip: the login probe has read them.
  private func knownDirectory(_ path: String, _ home: String) -> String? {
    if path == "/" || path == home || home.hasPrefix(path + "/") { return path }
    if let real = host.realPaths.directories[path] { return real }
    // An absent path is no link.
    guard let state = host.files[path], state.status?.kind == .directory || state.status == nil,
      let above = knownDirectory(Self.parent(of: path), home)
    else { return nil }
    return Self.path(of: path.split(separator: "/").last ?? "", in: above)
  }
}
