import Contract
import Hosts
import Values

extension Primitive {
  static let upload = Primitive(
    "upload", "Copies a file from this computer to a host.", needs: .files,
    Parameter<RemotePath>("from", "The file on this computer, of any size. Private keys are refused."),
    Parameter<RemotePath>("to", "The path on the host, with the file's name. Its directory must exist."),
    Parameter<FileMode?>("mode", "The mode afterwards. Default: 644 for a new file; an existing file keeps its mode."),
    Parameter("root", "Write as root; needs the permission `root` too.", default: false),
    results: [
      ResultField("changed", "boolean", "Whether contents or mode changed."),
      ResultField("path", "string", "The file, with all links resolved."),
      ResultField("mode", "string", "The mode afterwards, in octal."),
      ResultField("size", "integer", "The size afterwards, in bytes."),
    ],
    done: "The file on the host has the same contents: read again, or compared by checksum above 1 MiB.",
    example: #"pi:upload("~/motd.txt", "/etc/motd", { root = true })"#
  ) { context, from, to, mode, root in
    let account = try context.account(root: root, for: "upload")
    let source = try await context.here.absolute(from)
    let target = try await context.reader.absolute(to)
    let isPlanned = context.here.host.overlay[source] != nil
    if !isPlanned, let size = FileSource.size(of: source), size > LargeFile.least {
      return try await LargeFile(
        context: context, primitive: "upload", path: target, origin: .file(source), size: size, mode: mode,
        account: account
      ).decide()
    }
    let contents = try await context.here.contents(of: source, limit: FileProbe.contentsLimit)
    return try await WholeFile(
      reader: context.reader, path: target, contents: contents, mode: mode,
      account: account
    ).decide()
  }
}
