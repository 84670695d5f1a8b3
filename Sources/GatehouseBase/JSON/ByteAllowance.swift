/// Counts down the bytes that something may take in memory, roughly and cheaply: a value that is far too large is not walked whole.
package struct ByteAllowance: Sendable {
    /// The bytes that each text and each value takes beside its own.
    package static let each = 64

    private var left: Int

    /// An allowance of so many bytes.
    package init(_ byteCount: Int) {
        left = byteCount
    }

    /// True if nothing took more than was left.
    package var isKept: Bool { left >= 0 }

    /// Takes so many bytes.
    package mutating func take(_ byteCount: Int) {
        let (rest, isOver) = left.subtractingReportingOverflow(byteCount)
        left = isOver ? -1 : rest
    }

    /// Takes a text.
    package mutating func take(_ text: String) { take(text.utf8.count + Self.each) }

    /// Takes a value, as far as there is room. The walk is no deeper than the stack: a program may nest as deep as memory goes.
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

    /// True if so many values may fit: not even all put aside otherwise.
    private mutating func hasRoom(for count: Int) -> Bool {
        if count > left / Self.each { left = -1 }
        return isKept
    }
}
