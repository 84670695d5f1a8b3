#if Server
import Gatehouse

extension JSONValue {
    /// The value on one line for a terminal. Characters that control a terminal or change the direction of writing are written as `\uXXXX`,
    /// which has an equal value.
    var line: String {
        let text = description
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var line = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    line += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
                }
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line
    }
}
#endif
