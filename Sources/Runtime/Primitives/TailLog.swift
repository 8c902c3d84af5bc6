import Contract
import Hosts
import Values

extension Primitive {
  static let tailLog = Primitive(
    "tail_log", "Reads the newest lines of the log in which this system's sshd writes.", needs: .logs,
    Parameter<LineCount>("lines", "How many lines at most.", default: LineCount(50)),
    Parameter<Seconds?>("follow", "Go on for so many seconds, and return what came up to then too."),
    Parameter<String?>("match", "Only lines with this text in them; no pattern."),
    Parameter<Bool?>(
      "root", "`true`: read as root at once; `false`: never. Else root where nothing can be read without."),
    results: [
      ResultField("source", "string", "The file or command that the lines come from."),
      ResultField("lines", "string[]", "The lines, the newest last."),
      ResultField("text", "string", "The same as one text."),
      ResultField("root", "boolean", "Whether root had to read them."),
    ],
    done:
      "It says which source it read. An empty log is no proof that nothing is wrong: sshd's default LogLevel passes over "
      + "a key that is not in authorized_keys.",
    example: #"local log = pi:tail_log { lines = 20, match = "Authentication refused" }"#
  ) { context, lines, follow, match, root in
    let tail = LogTail(
      sources: try await context.reader.facts().platform.logs, lines: lines.count, match: match,
      follow: follow?.duration)
    let read: @Sendable () async throws -> LogTail.Found = { try await tail.read(context.reader, root: root) }
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
