/// The reason why a text is not strict JSON.
package struct JSONError: Error, Hashable, CustomStringConvertible {
    /// The kind of fault, without its position.
    package enum Code: Sendable, Hashable {
        case unexpectedEnd
        case unexpectedByte
        case trailingContent
        case duplicateMember
        case tooDeep
        case tooLong
        case invalidNumber
        case invalidString
        case invalidUTF8
        case invalidEscape
    }

    package var code: Code
    /// The offset of the byte with the fault, from 0. For a duplicate member it is the offset of the second name.
    package var offset: Int

    package init(_ code: Code, at offset: Int) {
        self.code = code
        self.offset = offset
    }

    /// A sentence without the position, for a finding that has a position of its own.
    package var message: String {
        switch code {
        case .unexpectedEnd: "the JSON text ends before its value does"
        case .unexpectedByte: "this is not JSON (RFC 8259)"
        case .trailingContent: "text follows the JSON value"
        case .duplicateMember: "this member name stands twice in the same object"
        case .tooDeep: "the JSON value is nested too deeply"
        case .tooLong: "the JSON text is too long"
        case .invalidNumber: "this is not a JSON number"
        case .invalidString: "a control character in a string must be escaped"
        case .invalidUTF8: "this is not valid UTF-8"
        case .invalidEscape: "this escape is not valid in a JSON string"
        }
    }

    package var description: String { "\(message) (byte \(offset))" }
}
