import CYAML

/// The events of a YAML text, one after the other, as libyaml reads them.
final class YAMLEvents {
  /// The beginning or end of a node or of the document.
  enum Event {
    case streamEnd
    case documentStart
    case alias(String)
    case scalar(YAMLText, anchor: String?)
    case sequence(anchor: String?)
    case mapping(anchor: String?, isSet: Bool)
    /// The end of a sequence, a mapping or a document, and the stream's start.
    case other
  }

  struct Mistake: Error {
    var line: Int?
    var problem: String
  }

  private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
  private let input: UnsafeMutableBufferPointer<UInt8>
  private let isReady: Bool
  /// The line of the newest event's beginning, counted from 1.
  private(set) var line = 1

  init(_ text: String) {
    input = .allocate(capacity: text.utf8.count)
    _ = input.initialize(from: text.utf8)
    isReady = yaml_parser_initialize(parser) == 1
    guard isReady else { return }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, input.baseAddress, input.count)
  }

  deinit {
    if isReady { yaml_parser_delete(parser) }
    parser.deallocate()
    input.deallocate()
  }

  func next() throws(Mistake) -> Event {
    var event = yaml_event_t()
    guard isReady, yaml_parser_parse(parser, &event) == 1 else { throw mistake }
    defer { yaml_event_delete(&event) }
    line = Int(event.start_mark.line) + 1
    switch event.type {
    case YAML_STREAM_END_EVENT, YAML_NO_EVENT: return .streamEnd
    case YAML_DOCUMENT_START_EVENT: return .documentStart
    case YAML_ALIAS_EVENT: return .alias(Self.text(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      let text = YAMLText(
        text: String(decoding: bytes, as: UTF8.self), tag: Self.text(scalar.tag),
        isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
      return .scalar(text, anchor: Self.text(scalar.anchor))
    case YAML_SEQUENCE_START_EVENT: return .sequence(anchor: Self.text(event.data.sequence_start.anchor))
    case YAML_MAPPING_START_EVENT:
      let start = event.data.mapping_start
      return .mapping(anchor: Self.text(start.anchor), isSet: Self.text(start.tag) == "tag:yaml.org,2002:set")
    default: return .other
    }
  }

  private var mistake: Mistake {
    guard isReady, parser.pointee.error != YAML_MEMORY_ERROR else { return Mistake(problem: "too little memory") }
    let problem = parser.pointee.problem.map { String(cString: $0) } ?? "unreadable"
    // A reader's error, such as a control character, has an offset in place of a mark.
    let isMarked = parser.pointee.error != YAML_READER_ERROR
    return Mistake(line: isMarked ? Int(parser.pointee.problem_mark.line) + 1 : nil, problem: problem)
  }

  private static func text(_ bytes: UnsafeMutablePointer<UInt8>?) -> String? {
    bytes.map { String(decodingCString: $0, as: UTF8.self) }
  }
}

/// A scalar as it stands in the text.
struct YAMLText {
  var text: String
  /// The written tag in its long form, such as `tag:yaml.org,2002:str`.
  var tag: String?
  /// Whether the scalar has no quotes, and is no block.
  var isPlain: Bool

  /// The value by Ansible's rules for tags and plain scalars.
  var value: InventoryValue {
    switch tag {
    case "tag:yaml.org,2002:str", "!unsafe", "!": .text(text)
    case "!vault", "!vault-encrypted": .vault
    case let tag? where tag.hasPrefix("tag:yaml.org,2002:"): YAMLScalar.value(text)
    default: isPlain ? YAMLScalar.value(text) : .text(text)
    }
  }
}
