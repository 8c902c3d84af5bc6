import Hosts

extension TargetError {
  var text: String {
    switch self {
    case .empty: "a host is empty; expected user@host[:port]"
    case .noHost(let text): "\"\(text)\" names no host; expected user@host[:port]"
    case .badPort(let port, let text): "\"\(text)\": expected a port from 1 to 65535, got \"\(port)\""
    case .badCharacter(let character, let text): "\"\(text)\": a host cannot have \"\(character)\" there"
    case .unclosedBracket(let text): "\"\(text)\": the bracket is never closed; expected user@[address]:port"
    }
  }
}
