import Contract

/// The text that a user reads before a third-party recipe runs. Third-party text stays raw: the caller makes invisible
/// characters visible.
package enum ConsentText {
  /// - Returns: no lines if there is no need to ask.
  package static func lines(_ request: ConsentRequest, _ verdict: ConsentStore.Verdict) -> [String] {
    switch verdict {
    case .granted: return []
    case .first:
      return ["\"\(request.name)\" is a third-party recipe that has not run here before."] + facts(request)
        + ["On the hosts that you name and on this computer, it may:"] + may(request)
    case .changed(let change):
      var lines = ["\"\(request.name)\" is a third-party recipe that \(reason(change))."] + facts(request)
      if !change.files.isEmpty { lines.append("  changed    " + change.files.joined(separator: ", ")) }
      if change.gained.isEmpty {
        lines.append("It requests no new permissions. On the hosts that you name and on this computer, it may:")
        return lines + may(request)
      }
      lines += ["It may now also:"] + Self.lines(change.gained) + ["And, as before:"]
      return lines + may(request, without: change.gained)
    }
  }

  private static func reason(_ change: ConsentStore.Change) -> String {
    change.files.isEmpty && !change.gained.isEmpty
      ? "requests more permissions than when you agreed to it, with the same files"
      : "has changed since you agreed to it"
  }

  private static func facts(_ request: ConsentRequest) -> [String] {
    let doubt = LockStanding.doubt(request.claimant)
    return [
      "  from       \(request.url), commit \(request.commit.prefix(12))\(doubt)",
      "  author     " + (request.author.map { "\($0) (according to the commit)" } ?? "unknown: the commit is not here"),
      "  signature  \(text(request.signature))\(request.signature == .unsigned ? "" : doubt)",
      request.verifying.map { "  verify it  \($0)" },
      "  read it    ssh-recipes show --source \(request.name)",
    ].compactMap { $0 }
  }

  package static func text(_ signature: ConsentRequest.Signature) -> String {
    switch signature {
    case .unsigned: "none: anyone with write access to that address can change it"
    case .unknown(let signer): "by \(signer.shown), a key that you have neither named nor pinned"
    case .known(let signer): "by \(signer.shown), whom you named or pinned"
    case .named(let signer, let folder): "by \(signer.shown), whom the lock file of \(folder) names"
    case .claimed(let signer): "by \(signer.shown)"
    }
  }

  private static func may(_ request: ConsentRequest, without gained: Set<Permission> = []) -> [String] {
    var lines = lines(request.needs.subtracting(gained))
    if request.runsPlatformCommands {
      lines.append("  run its own commands as root to restart the SSH server and read its log  (!)")
    }
    return lines.isEmpty ? ["  only print messages and ask questions"] : lines
  }

  private static func lines(_ needs: Set<Permission>) -> [String] {
    Permission.allCases.filter(needs.contains).map { "  \($0.meaning)" + ($0.isFarReaching ? "  (!)" : "") }
  }
}
