import Contract
import Hosts
import Values

extension Primitive {
  static let tailLog = Primitive(
    "tail_log", "Reads the newest lines of sshd's log.", needs: .logs,
    Parameter<LineCount>("lines", "The maximum number of lines.", default: LineCount(50)),
    Parameter<Seconds?>("follow", "Seconds to follow the log; lines written meanwhile are returned too."),
    Parameter<String?>("match", "Only lines with this text; patterns do not work."),
    Parameter<Bool?>(
      "root",
      "`true`: read as root, which needs the permission `root` too; `false`: never. Default: as root only if the account "
        + "can read no log, and the recipe has the permission `root`."),
    results: [
      ResultField("source", "string", "The file or command with the lines."),
      ResultField("lines", "string[]", "The lines, the newest last."),
      ResultField("text", "string", "The lines as one text."),
      ResultField("root", "boolean", "Whether root read the log."),
    ],
    done:
      "The result names its source. An empty log proves nothing: at its default LogLevel, sshd does not log a key "
      + "missing in authorized_keys.",
    example: #"local log = pi:tail_log { lines = 20, match = "Authentication refused" }"#
  ) { context, lines, follow, match, root in
    if root == true { try context.require(.root, for: "tail_log") }
    let mayBeRoot = (try? context.require(.root, for: "tail_log")) != nil
    let account = root ?? (mayBeRoot ? nil : false)
    let tail = LogTail(
      sources: try await context.reader.facts().platform.logs, lines: lines.count, match: match,
      follow: follow?.duration)
    let read: @Sendable () async throws -> LogTail.Found = { try await tail.read(context.reader, root: account) }
    guard follow == nil else {
      let planned: [String: LuaValue] = [
        "planned": .boolean(true), "source": .string(""), "text": .string(""), "lines": .table(LuaTable()),
        "root": .boolean(false),
      ]
      return .observe("follow the log of sshd", planned: planned) {
        let found = try await read()
        return Observation(found.summary, fields: found.fields)
      }
    }
    let found = try await read()
    return .value(found.fields, found.summary)
  }
}

/// The number of lines to read from a log.
struct LineCount: LuaArgument, Hashable {
  static let luaType = "integer"
  static let expectation = "number of lines from 1 to 10000"
  var count: Int
  init(_ count: Int) { self.count = count }
  init(lua value: LuaValue) throws(Mismatch) {
    guard let count = try? Int(lua: value), (1...10000).contains(count) else {
      throw Mismatch(Self.expectation, got: value)
    }
    self.count = count
  }
  var luaText: String { String(count) }
}
