import Contract

/// What a person reads before a recipe of somebody else runs. Texts of others stand in it as they are: whoever prints it
/// makes them visible.
package enum ConsentText {
  /// - Returns: nothing where nothing has to be asked.
  package static func lines(_ request: ConsentRequest, _ verdict: ConsentStore.Verdict) -> [String] {
    switch verdict {
    case .granted: []
    case .first:
      ["The recipe \"\(request.name)\" is somebody else's, and has not run here before."] + facts(request)
        + ["It may, on the hosts that you name and on this computer:"] + may(request)
    case .changed(let change):
      ["The recipe \"\(request.name)\" is somebody else's, and \(what(change))."] + facts(request)
        + (change.files.isEmpty ? [] : ["  changed    " + change.files.joined(separator: ", ")])
        + (change.gained.isEmpty
          ? ["It asks for nothing new. It may, on the hosts that you name and on this computer:"] + may(request)
          : ["It may now also:"] + lines(change.gained) + ["And, as before:"]
            + may(request, without: change.gained))
    }
  }

  private static func what(_ change: ConsentStore.Change) -> String {
    change.files.isEmpty && !change.gained.isEmpty
      ? "asks for more than when you agreed to it, with the same files" : "has changed since you agreed to it"
  }

  private static func facts(_ request: ConsentRequest) -> [String] {
    let doubt = LockStanding.doubt(request.claimant)
    return [
      "  from       \(request.url), commit \(request.commit.prefix(12))\(doubt)",
      "  author     " + (request.author.map { "\($0) (as the commit says)" } ?? "not known: the commit is not here"),
      "  signature  \(text(request.signature))\(request.signature == .unsigned ? "" : doubt)",
      request.verifying.map { "  verify it  \($0)" },
      "  read it    ssh-recipes show --source \(request.name)",
    ].compactMap { $0 }
  }

  package static func text(_ signature: ConsentRequest.Signature) -> String {
    switch signature {
    case .unsigned: "none: whoever can write to that address can change it"
    case .unknown(let signer): "by \(signer.shown), a key for which nobody has vouched"
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
    return lines.isEmpty ? ["  do nothing but talk"] : lines
  }

  private static func lines(_ needs: Set<Permission>) -> [String] {
    Permission.allCases.filter(needs.contains).map { "  \($0.meaning)" + ($0.isFarReaching ? "  (!)" : "") }
  }
}
