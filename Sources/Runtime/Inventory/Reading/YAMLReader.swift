/// The value of a YAML 1.1 text, as Ansible's loader reads it.
///
/// libyaml itself is used, the parser below PyYAML's: the Swift packages around it need all of Foundation, which would
/// make the static program three times as large.
struct YAMLReader {
  /// Aliases repeat their anchors: a small text may stand for billions of values.
  static let limit = 1_000_000
  /// libyaml's own limit, for the recursion here.
  static let depthLimit = 1000

  private struct Mistake: Error {
    var line: Int?
    var problem: InventoryError.Problem
  }

  private struct Anchored {
    var value: InventoryValue
    var size: Int
  }

  private let events: YAMLEvents
  private var anchors: [String: Anchored] = [:]
  private var size = 0
  private var duplicates: [(line: Int, name: String)] = []

  /// - Returns: `nil` for a text without a document.
  /// - Throws: ``InventoryError`` with the line of the mistake, such as a key that stands twice in a mapping.
  static func value(_ text: String, source: String) throws(InventoryError) -> InventoryValue? {
    let (value, duplicates) = try read(text, source)
    if let (line, name) = duplicates.first {
      throw InventoryError(source, line: line, .malformed("the key \"\(name)\" stands twice in one mapping"))
    }
    return value
  }

  /// The same for a text in which a key may stand twice in a mapping: the last one counts, with a warning.
  static func value(
    _ text: String, source: String, warnings: inout [String]
  ) throws(InventoryError) -> InventoryValue? {
    let (value, duplicates) = try read(text, source)
    warnings += duplicates.map { "\(source):\($0.line): this key stands again in its mapping; the last one counts" }
    return value
  }

  private static func read(
    _ text: String, _ source: String
  ) throws(InventoryError) -> (value: InventoryValue?, duplicates: [(line: Int, name: String)]) {
    var reader = YAMLReader(events: YAMLEvents(text))
    do throws(Mistake) { return (try reader.document(), reader.duplicates) } catch {
      throw InventoryError(source, line: error.line, error.problem)
    }
  }

  private init(events: YAMLEvents) { self.events = events }

  /// At the line of the newest event.
  private func mistake(_ problem: InventoryError.Problem) -> Mistake { Mistake(line: events.line, problem: problem) }

  private func next() throws(Mistake) -> YAMLEvents.Event {
    do throws(YAMLEvents.Mistake) { return try events.next() } catch {
      throw Mistake(line: error.line, problem: .malformed("this is no YAML: \(error.problem)"))
    }
  }

  private mutating func document() throws(Mistake) -> InventoryValue? {
    var root: InventoryValue?
    while true {
      switch try next() {
      case .streamEnd: return root
      case .documentStart:
        guard root == nil else { throw mistake(.malformed("this is no YAML: a second document follows the first")) }
        root = try value(try next(), depth: 0)
      default: continue
      }
    }
  }

  /// - Parameter event: the beginning of the node.
  private mutating func value(_ event: YAMLEvents.Event, depth: Int) throws(Mistake) -> InventoryValue {
    let before = size
    try count(1)
    guard depth < Self.depthLimit else { throw mistake(.malformed("more than \(Self.depthLimit) levels")) }
    switch event {
    case .alias(let name):
      guard let anchored = anchors[name] else {
        throw mistake(.malformed("this is no YAML: the alias \"*\(name)\" has no anchor"))
      }
      try count(anchored.size)
      return anchored.value
    case .scalar(let scalar, let anchor): return keep(scalar.value, as: anchor, since: before)
    case .sequence(let anchor):
      var items: [InventoryValue] = []
      while let item = try member() { items.append(try value(item, depth: depth + 1)) }
      return keep(.list(items), as: anchor, since: before)
    case .mapping(let anchor, let isSet):
      let table = try table(depth: depth)
      return keep(isSet ? .list(table.keys.map { .text($0) }) : .table(table), as: anchor, since: before)
    case .streamEnd, .documentStart, .other: return .null
    }
  }

  /// The beginning of the next node, or `nil` at the end of the collection.
  private func member() throws(Mistake) -> YAMLEvents.Event? {
    let event = try next()
    if case .other = event { return nil }
    return event
  }

  private mutating func count(_ more: Int) throws(Mistake) {
    size += more
    guard size < Self.limit else { throw mistake(.malformed("more than \(Self.limit) values")) }
  }

  private mutating func keep(_ value: InventoryValue, as anchor: String?, since before: Int) -> InventoryValue {
    if let anchor { anchors[anchor] = Anchored(value: value, size: size - before) }
    return value
  }

  /// A mapping. The mapping's own entries win over the entries merged by `<<`.
  private mutating func table(depth: Int) throws(Mistake) -> InventoryTable {
    var merged: [(String, InventoryValue)] = []
    var own = InventoryTable()
    while let key = try member() {
      let line = events.line
      let name = try self.key(key, depth: depth)
      let value = try value(try next(), depth: depth + 1)
      guard case .scalar(let scalar, _) = key, scalar.isPlain, name == "<<" else {
        if own[name] != nil { duplicates.append((line, name)) }
        own[name] = value
        continue
      }
      switch value {
      case .table(let table): merged += table.entries.map { ($0.key, $0.value) }
      case .list(let tables):
        // Of several, the first one wins.
        for case .table(let table) in tables.reversed() { merged += table.entries.map { ($0.key, $0.value) } }
      default: throw mistake(.mismatch(place: "<<", expected: "a mapping", got: value.typeName))
      }
    }
    return InventoryTable(merged + own.entries.map { ($0.key, $0.value) })
  }

  private mutating func key(_ event: YAMLEvents.Event, depth: Int) throws(Mistake) -> String {
    let value = try value(event, depth: depth + 1)
    if value.isNull { return "null" }
    guard let word = value.word else {
      throw mistake(.mismatch(place: "a key", expected: "text", got: value.typeName))
    }
    return word
  }
}
