import Lua

/// An unusable file of a primitive written in Lua.
package struct PrimitiveError: Error, Hashable, Sendable {
  package enum Problem: Hashable, Sendable {
    case declaration(DeclarationProblem)
    case neverDeclared
    case declaredTwice
    /// The run's reading of the file gives a different declaration than the first reading.
    case declaredOtherwise(fields: [String])
    /// The name belongs to another primitive or to a field of hosts.
    case taken(String, by: String)
    case unreadable(String)
    /// Lua refused the file, or the file's top level failed.
    case lua(LuaError)
  }

  package var file: String
  package var line: Int?
  package var problem: Problem

  package init(file: String, line: Int? = nil, _ problem: Problem) {
    self.file = file
    self.line = line
    self.problem = problem
  }
}

extension PrimitiveError: CustomStringConvertible {
  package var description: String {
    let position = line.map { "\(file):\($0)" } ?? file
    return switch problem {
    case .declaration(let problem): "\(position): \(problem)"
    case .neverDeclared: "\(position): the file never calls primitive { … }, so it declares no primitive"
    case .declaredTwice:
      "\(position): the file calls primitive { … } a second time; a file declares one primitive"
    case .declaredOtherwise(let fields):
      "\(position): the primitive declares different \(fields.joined(separator: " and ")) when run than when read"
    case .taken(let name, let owner):
      "\(position): \"\(name)\" is \(owner) already; name the file and the primitive otherwise"
    case .unreadable(let reason): "\(position): cannot be read: \(reason)"
    case .lua(let error):
      (error.position == nil ? "\(position): \(error)" : error.description)
        .replacing("the recipe used up", with: "the file used up")
    }
  }
}
