import Diagnosis
import Runs
import Synchronization

/// `--output junit`, for CI servers: one test suite per run and one test case per call of a primitive, written at the end of the run.
final class JUnitOutput: EventSink {
  private let stream: TextStream
  private let calls = Mutex<[PrimitiveEvent]>([])

  init(stream: TextStream) { self.stream = stream }

  func receive(_ event: Event) {
    switch event {
    case .primitive(let call):
      if case .began = call.state { return }
      calls.withLock { $0.append(call) }
    case .finished(let report): stream.write(Self.document(report, calls.withLock(\.self)))
    default: break
    }
  }

  static func document(_ report: Report, _ calls: [PrimitiveEvent]) -> String {
    var failed = 0
    var cases = ""
    for call in calls {
      let name = [call.step, "\(call.primitive): \(call.what)"].compactMap(\.self).joined(separator: " / ")
      cases += "    <testcase classname=\"\(escaped(report.recipe + "." + call.host))\" name=\"\(escaped(name))\""
      cases += " time=\"\(seconds(call.duration))\""
      // The recipe may have caught a call's failure; only failures that ended the run count.
      if case .failed(let failure) = call.state, report.failures.contains(failure) {
        failed += 1
        cases += ">\n" + element(failure) + "    </testcase>\n"
      } else {
        cases += "/>\n"
      }
    }
    for failure in report.failures where !calls.contains(where: { $0.state == .failed(failure) }) {
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
