/// A limit on the bytes that a value may take in memory, which is counted roughly and cheaply. The count of a value that is far too large
/// ends early.
package struct ByteAllowance: Sendable {
    /// The number of bytes that each text and each value takes in addition to its content.
    package static let each = 64

    private var left: Int

    /// Makes an allowance of so many bytes.
    package init(_ byteCount: Int) {
        left = byteCount
    }

    /// True if no more bytes were taken than the allowance had.
    package var isKept: Bool { left >= 0 }

    /// Takes so many bytes.
    package mutating func take(_ byteCount: Int) {
        let (rest, isOver) = left.subtractingReportingOverflow(byteCount)
        left = isOver ? -1 : rest
    }

    /// Takes the bytes of a text.
    package mutating func take(_ text: String) { take(text.utf8.count + Self.each) }

    /// Takes the bytes of a value until the allowance is used up. The walk is not recursive, since a program may nest values as deep as
    /// memory allows.
    package mutating func take(_ value: JSONValue) {
        var values = [value]
        while isKept, let value = values.popLast() {
            switch value {
            case .null, .bool: take(Self.each)
            case .number(let number): take(number.text)
            case .string(let text): take(text)
            case .array(let elements):
                take(Self.each)
                guard hasRoom(for: elements.count) else { return }
                values += elements
            case .object(let members):
                take(Self.each)
                guard hasRoom(for: members.count) else { return }
                for member in members {
                    take(member.name)
                    values.append(member.value)
                }
            }
        }
    }

    /// Returns true if so many values may fit. Otherwise the walk ends before it stores the values.
    private mutating func hasRoom(for count: Int) -> Bool {
        if count > left / Self.each { left = -1 }
        return isKept
    }
}
