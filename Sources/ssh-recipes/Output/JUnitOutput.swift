import Diagnosis
import Runs
import Synchronization

/// `--output junit`, for CI servers: one test suite per run and one test case per action, written at the end of the run.
final class JUnitOutput: EventSink {
  private let stream: TextStream
  private let actions = Mutex<[Action]>([])

  init(stream: TextStream) { self.stream = stream }

  func receive(_ event: Event) {
    switch event {
    case .action(let action):
      if case .began = action.state { return }
      actions.withLock { $0.append(action) }
    case .finished(let report): stream.write(Self.document(report, actions.withLock(\.self)))
    default: break
    }
  }

  static func document(_ report: Report, _ actions: [Action]) -> String {
    var failed = 0
    var cases = ""
    for action in actions {
      let name = [action.step, "\(action.primitive): \(action.what)"].compactMap(\.self).joined(separator: " / ")
      cases += "    <testcase classname=\"\(escaped(report.recipe + "." + action.host))\" name=\"\(escaped(name))\""
      cases += " time=\"\(seconds(action.duration))\""
      // The recipe may have caught an action's failure; only failures that ended the run count.
      if case .failed(let failure) = action.state, report.failures.contains(failure) {
        failed += 1
        cases += ">\n" + element(failure) + "    </testcase>\n"
      } else {
        cases += "/>\n"
      }
    }
    for failure in report.failures where !actions.contains(where: { $0.state == .failed(failure) }) {
      failed += 1
      let host = failure.host ?? "recipe"
      cases +=
        "    <testcase classname=\"\(escaped(report.recipe + "." + host))\" name=\"\(escaped(failure.message))\">\n"
      cases += element(failure) + "    </testcase>\n"
    }
    let count = cases.components(of: "<testcase ")
    let totals = "tests=\"\(count)\" failures=\"\(failed)\" time=\"\(seconds(report.duration))\""
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites \(totals)>
        <testsuite name="\(escaped(report.recipe))" \(totals)>
      \(cases)  </testsuite>
      </testsuites>

      """
  }

  private static func element(_ failure: Failure) -> String {
    let text = FailureText.lines(failure).map(escaped).joined(separator: "\n")
    return
      "      <failure type=\"\(escaped(failure.kindName))\" message=\"\(escaped(failure.message))\">\(text)</failure>\n"
  }

  private static func seconds(_ duration: Duration) -> String {
    let thousandths = String(duration.milliseconds % 1000)
    return "\(duration.milliseconds / 1000).\(String(repeating: "0", count: 3 - thousandths.count))\(thousandths)"
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text.visible {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}

extension String {
  fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
