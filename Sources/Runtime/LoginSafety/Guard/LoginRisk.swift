import Hosts

/// What an act means for the way in.
package enum LoginRisk: Sendable, Hashable {
  case none
  /// sshd's own rules say that the key would not work any more.
  case lockout(Set<String>)
  /// Only a login can tell.
  case open
  /// It is part of sshd's configuration: only a login can tell, once sshd has read it.
  case config
}

extension LoginRisk {
  /// - Parameter reader: of a host, not of this computer.
  /// - Throws: ``HostError``.
  package init(of act: Act, _ reader: Reader) async throws {
    guard let written = act.path else {
      self = .none
      return
    }
    let facts = try await reader.facts()
    let way = try await KeyLocations.known(to: reader, as: act.account)
    let names = try await PathNames(written, act, way, reader)
    // A link that is gone leads nowhere any more.
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

/// What an act does to the key that has to go on working.
private struct KeysRisk {
  let act: Act
  let names: PathNames
  let fingerprint: String
  let way: KeyLocations
  let reader: Reader

  /// - Returns: `nil` where the act is on no way to keys.
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
    // The key is elsewhere, or nobody knows where.
    return try await holdsKey(apartFrom: nil) ? LoginRisk.none : .open
  }

  private func stake(_ before: KeysPath, _ options: String) -> LoginRisk {
    // A link on the way, and not what it leads to: what becomes of the key is anybody's guess.
    guard let path = names.act.first(where: { $0 == before.path || before.holds($0) }) else { return .open }
    guard let after = before.after(act, on: path) else { return .open }
    let new = after.objections(to: fingerprint).subtracting(before.objections(to: fingerprint))
    if new.isEmpty { return after.options(of: fingerprint) == options ? .none : .open }
    // Where sshd lets the key in against its own rule, the rule is not what we think it is.
    return before.objections(to: fingerprint).isEmpty ? .lockout(new) : .open
  }

  /// Whether another file that sshd reads has the key too.
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
  /// Not only a mode or an owner.
  package var changesContents: Bool {
    switch kind {
    case .replaceFile, .makeLink, .remove, .command: true
    case .makeDirectory(let path, _): path.hasSuffix("nologin")
    case .setMode, .setOwner, .setAttributes: false
    }
  }

  /// Who may read, enter or run it, or whether it is there.
  var changesAccess: Bool {
    switch kind {
    case .setMode, .setOwner, .setAttributes, .remove: true
    case .replaceFile, .makeLink, .makeDirectory, .command: false
    }
  }
}
