extension Act {
  /// The act in a line.
  package var summary: String {
    switch kind {
    case .replaceFile(let path, _, _, let expecting): expecting == nil ? "create \(path)" : "replace \(path)"
    case .placeFile(let file): file.expecting == nil ? "create \(file.path)" : "replace \(file.path)"
    case .setMode(let path, let mode): "chmod \(mode) \(path)"
    case .setOwner(let path, let user, let group): "chown \(user ?? "")\(group.map { ":\($0)" } ?? "") \(path)"
    case .setAttributes(let path, let attributes):
      "give \(path) its \(attributes.acl == nil ? "extended attributes" : "access control list") again"
    case .makeDirectory(let path, let mode): "mkdir -m \(mode) \(path)"
    case .makeLink(let path, let target, _): "link \(path) to \(target)"
    case .remove(let path): "remove \(path)"
    case .command(_, _, let summary): summary
    }
  }
}
