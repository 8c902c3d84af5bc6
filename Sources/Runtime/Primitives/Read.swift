import Contract
import Hosts
import Values

extension Primitive {
  static let read = Primitive(
    "read", "Reads a file and returns its contents as a string.", needs: .files,
    Parameter<RemotePath>("path", "The file. Private keys are refused."),
    Parameter<Bytes?>("default", "The result for a missing file. Without a default, a missing file is a failure."),
    Parameter("limit", "The file's maximum size in bytes, up to 8388608.", default: 1 << 20),
    Parameter("root", "Read as root; needs the permission `root` too.", default: false),
    example: #"local hosts = pi:read "/etc/hosts""#
  ) { context, path, fallback, limit, root in
    let account = try context.account(root: root, for: "read")
    let path = try await context.reader.absolute(path)
    let file = try await context.reader.resolved(path, as: account)
    if file.state.status == nil, let fallback {
      return .plain(.string(fallback.bytes), "\(path) is not there")
    }
    if context.reader.isPlanned, file.state.status?.kind == .file, file.state.contents == nil {
      // The contents exist only after a run.
      return .observe("read \(path)", planned: [:], plain: .string(fallback?.bytes ?? [])) {
        let contents = try await context.reader.contents(of: path, limit: limit, as: account)
        return Observation("read \(path)", plain: .string(contents))
      }
    }
    let contents = try await context.reader.contents(of: path, limit: limit, as: account)
    return .plain(.string(contents), "\(path): \(contents.count) bytes")
  }
}
