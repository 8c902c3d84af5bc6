import Lua
import Values

/// An unusable platform file.
package struct PlatformError: Error, Hashable, Sendable {
  package enum Problem: Hashable, Sendable {
    case declaration(DeclarationProblem)
    case neverDeclared
    case unknownBase(String, nearest: String?, known: [String])
    /// Platforms that inherit from each other through `like`.
    case circle([String])
    case unreadable(String)
    /// Lua refused the file, or its top level failed.
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

extension PlatformError: CustomStringConvertible {
  package var description: String {
    let position = line.map { "\(file):\($0)" } ?? file
    return switch problem {
    case .declaration(let problem): "\(position): \(problem)"
    case .neverDeclared: "\(position): the file never calls platform { … }, so it declares no platform"
    case .unknownBase(let base, let nearest, let known):
      "\(position): \"like\": there is no platform \"\(base)\"" + Wording.guess(nearest, known: known, of: "platforms")
    case .circle(let names):
      "\(position): platforms inherit from each other through \"like\": \(names.joined(separator: ", "))"
    case .unreadable(let reason): "\(position): cannot be read: \(reason)"
    case .lua(let error): error.description
    }
  }
}
