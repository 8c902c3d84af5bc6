import Values

/// Does acts in memory only, for a plan. Later reads of the same host see them.
package struct OverlayWriter: Writer {
  package let reader: Reader

  package init(reader: Reader) {
    self.reader = reader
  }
  package var isPlan: Bool { true }

  @discardableResult
  package func perform(_ act: Act) async throws -> Output {
    let overlay = reader.host.overlay
    switch act.kind {
    case .replaceFile(let path, let contents, let mode, let expecting):
      var state = try await reader.state(of: path, as: act.account)
      if expecting == nil || state.status == nil {
        state = FileState(status: try await newStatus(.file, mode, as: act.account))
      }
      state.status?.size = contents.count
      overlay[path] = Overlay.Entry(status: state.status, contents: contents, attributes: state.attributes)
    case .placeFile(let file):
      var status = try await newStatus(.file, file.mode, as: act.account)
      if file.expecting != nil, let old = try await reader.state(of: file.path, as: act.account).status { status = old }
      status.size = file.source.size
      overlay[file.path] = Overlay.Entry(status: status, contents: nil)
    case .setMode(let path, let mode):
      var state = try await reader.state(of: path, as: act.account)
      state.status?.mode = mode
      overlay[path] = Overlay.Entry(status: state.status, contents: state.contents, attributes: state.attributes)
    case .setOwner(let path, let user, let group):
      var state = try await reader.state(of: path, as: act.account)
      // Only the host knows the numbers of names; the account's own number is known.
      let facts = try await reader.facts()
      if let user { state.status?.userID = Int(user) ?? (user == facts.user ? facts.userID : -1) }
      if let group { state.status?.groupID = Int(group) ?? -1 }
      overlay[path] = Overlay.Entry(status: state.status, contents: state.contents, attributes: state.attributes)
    case .setAttributes(let path, let attributes):
      let state = try await reader.state(of: path, as: act.account)
      overlay[path] = Overlay.Entry(
        status: state.status, contents: state.contents, attributes: state.attributes.adding(attributes))
    case .makeDirectory(let path, let mode):
      overlay[path] = Overlay.Entry(status: try await newStatus(.directory, mode, as: act.account), contents: nil)
    case .makeLink(let path, let target, _):
      var status = try await newStatus(.link, FileMode(bits: 0o777), as: act.account)
      status.linkTarget = target
      overlay[path] = Overlay.Entry(status: status, contents: nil)
    case .remove(let path):
      overlay[path] = Overlay.Entry(status: nil, contents: nil)
    case .command(_, let creates, _):
      if act.isOpaque { overlay.hasCommands = true }
      for path in creates {
        let status = try await newStatus(.file, FileMode(bits: 0o600), as: act.account)
        overlay[path] = Overlay.Entry(status: status, contents: nil)
        if act.isOpaque { overlay.addOpaque(path) }
      }
    }
    return Output()
  }

  package func answer(_ act: Act) async throws -> Output {
    _ = try await perform(act)
    throw DecidedAtRunTime()
  }

  private func newStatus(_ kind: FileStatus.Kind, _ mode: FileMode, as account: Account) async throws -> FileStatus {
    let user = account == .root ? 0 : try await reader.facts().userID
    return FileStatus(kind: kind, mode: mode, userID: user, groupID: user)
  }
}
