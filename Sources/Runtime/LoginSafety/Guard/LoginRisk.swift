import Hosts

/// The effect of an act on logins.
package enum LoginRisk: Sendable, Hashable {
  case none
  /// By sshd's own rules, the key would be refused.
  case lockout(Set<String>)
  /// Only a login can tell.
  case open
  /// A change of sshd's configuration: only a login after a reload can tell.
  case config
}

extension LoginRisk {
  /// - Parameter reader: the reader of a host other than this computer.
  /// - Throws: ``HostError``.
  package init(of act: Act, _ reader: Reader) async throws {
    guard let written = act.path else {
      self = .none
      return
    }
    let facts = try await reader.facts()
    let way = try await KeyLocations.known(to: reader, as: act.account)
    let names = try await PathNames(written, act, way, reader)
    // Paths through a removed link no longer resolve.
    if case .remove = act.kind { reader.host.realPaths = RealPaths() }
    if names.act.contains(where: { LoginFiles.isConfig($0, facts, way) }) {
      self = act.changesContents ? .config : .none
      return
    }
    let isOnTheWay = act.changesAccess && names.act.contains { LoginFiles.isOnTheWay($0, names.shell) }
    let request = try await LoginProof.request(reader.host)
    if let fingerprint = request.fingerprint {
      let keys = KeysRisk(act: act, names: names, fingerprint: fingerprint, way: way, reader: reader)
      if let stake = try await keys() {
        self = stake == .none && isOnTheWay ? .open : stake
        return
      }
    } else if request.keyPath != nil, names.isOnTheWayToKeys {
      self = .open
      return
    }
    let isOurs = !names.isKeys && names.act.contains { LoginFiles.contains($0, facts, way) }
    self = isOurs && (act.changesContents || act.changesAccess) || isOnTheWay ? .open : .none
  }
}

/// The effect of an act on the key of the proof.
private struct KeysRisk {
  let act: Act
  let names: PathNames
  let fingerprint: String
  let way: KeyLocations
  let reader: Reader

  /// - Returns: `nil` if the act is on no path to a key file.
  func callAsFunction() async throws -> LoginRisk? {
    var isConcerned = false
    for (written, file) in names.keys where names.isOnTheWay(to: file) {
      isConcerned = true
      let before = try await keys(written)
      guard let options = before.options(of: fingerprint) else { continue }
      let stake = stake(before, options)
      if case .lockout = stake, try await holdsKey(apartFrom: before.path) { return .open }
      return stake
    }
    guard isConcerned else { return nil }
    // The key is in another file, or in none of those found.
    return try await holdsKey(apartFrom: nil) ? LoginRisk.none : .open
  }

  private func stake(_ before: KeysPath, _ options: String) -> LoginRisk {
    // The act is on a link in the path, not on its target: the effect on the key cannot be computed.
    guard let path = names.act.first(where: { $0 == before.path || before.holds($0) }) else { return .open }
    guard let after = before.after(act, on: path) else { return .open }
    let new = after.objections(to: fingerprint).subtracting(before.objections(to: fingerprint))
    if new.isEmpty { return after.options(of: fingerprint) == options ? .none : .open }
    // If sshd accepts the key against these rules, the rules do not describe this sshd.
    return before.objections(to: fingerprint).isEmpty ? .lockout(new) : .open
  }

  /// Whether another key file contains the key too.
  private func holdsKey(apartFrom path: String?) async throws -> Bool {
    for (written, _) in names.keys {
      let other = try await keys(written)
      if other.path != path, other.options(of: fingerprint) != nil { return true }
    }
    return false
  }

  private func keys(_ written: String) async throws -> KeysPath {
    try await KeysPath(written, reader, isStrict: way.isStrict)
  }
}

extension KeysPath {
  func holds(_ path: String) -> Bool { components.contains { $0.path == path } }
}

extension Act {
  /// Whether the act changes more than a mode or an owner.
  package var changesContents: Bool {
    switch kind {
    case .replaceFile, .placeFile, .makeLink, .remove, .command: true
    case .makeDirectory(let path, _): path.hasSuffix("nologin")
    case .setMode, .setOwner, .setAttributes: false
    }
  }

  /// Whether the act changes the existence of a file, or the right to read, enter or run it.
  var changesAccess: Bool {
    switch kind {
    case .setMode, .setOwner, .setAttributes, .remove: true
    case .replaceFile, .placeFile, .makeLink, .makeDirectory, .command: false
    }
  }
}
