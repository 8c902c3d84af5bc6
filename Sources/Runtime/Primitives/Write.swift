import Contract
import Hosts
import Values

extension Primitive {
  static let write = Primitive(
    "write", "Replaces a file's contents, completely or not at all.", needs: .files,
    Parameter<RemotePath>("path", "The file, or a link to it. Its directory must exist."),
    Parameter<Bytes>("contents", "The whole contents, with the last newline. Private keys are refused."),
    Parameter<FileMode?>("mode", "The mode afterwards. Default: 644 for a new file; an existing file keeps its mode."),
    Parameter("root", "Do it as root; needs the permission `root` too.", default: false),
    results: [
      ResultField("changed", "boolean", "Whether contents or mode changed."),
      ResultField("path", "string", "The file, with all links resolved."),
      ResultField("mode", "string", "The mode afterwards, in octal."),
      ResultField("size", "integer", "The size afterwards, in bytes."),
    ],
    done: "The file has these contents and this mode: read again, or compared by checksum above 1 MiB.",
    example: #"pi:write("~/.hushlogin", "")"#
  ) { context, path, contents, mode, root in
    let account = try context.account(root: root, for: "write")
    let path = try await context.reader.absolute(path)
    if contents.bytes.count > LargeFile.least {
      return try await LargeFile(
        context: context, primitive: "write", path: path, origin: .bytes(contents.bytes), size: contents.bytes.count,
        mode: mode, account: account
      ).decide()
    }
    return try await WholeFile(
      reader: context.reader, path: path, contents: contents.bytes, mode: mode,
      account: account
    ).decide()
  }
}
