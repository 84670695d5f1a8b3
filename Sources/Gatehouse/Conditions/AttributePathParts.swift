/// The parts of an attribute path: names of letters, digits, `_` and `-` after dots, and any names as JSON strings in brackets, such as
/// `$principal.attributes["https://acme.example/tier"].level`.
enum AttributePathParts {
    /// Returns the parts, the root with its dollar sign first.
    ///
    /// - Throws: ``AttributePathError`` if a part is empty, or has neither form.
    static func parts(of text: String) throws(AttributePathError) -> [String] {
        var rest = Array(text.utf8)[...]
        // The caller checks the name of the root.
        var parts = [takeBare(&rest)]
        while let first = rest.first {
            if first == UInt8(ascii: "[") {
                parts.append(try takeBracketed(&rest, of: text))
                continue
            }
            guard first == UInt8(ascii: ".") else { throw wrongCharacter(in: text) }
            rest = rest.dropFirst()
            let name = takeBare(&rest)
            guard !name.isEmpty else {
                let isEnded = rest.first.map { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "[") } ?? true
                throw isEnded ? AttributePathError("“\(text.printable)” has an empty part") : wrongCharacter(in: text)
            }
            parts.append(name)
        }
        return parts
    }

    /// Takes the dollar sign of a root, and letters, digits, `_` and `-`.
    private static func takeBare(_ rest: inout ArraySlice<UInt8>) -> String {
        var end = rest.startIndex
        while end < rest.endIndex, rest[end].isWordByte || (end == 0 && rest[end] == UInt8(ascii: "$")) { end += 1 }
        defer { rest = rest[end...] }
        return String(decoding: rest[..<end], as: UTF8.self)
    }

    /// Takes the text of a JSON string (RFC 8259 section 7) in brackets.
    private static func takeBracketed(
        _ rest: inout ArraySlice<UInt8>,
        of text: String
    ) throws(AttributePathError) -> String {
        let error = AttributePathError(
            "“\(text.printable)”: in the brackets of a path stands a JSON string, as in [\"a b\"]"
        )
        let string = rest.dropFirst()
        guard string.first == UInt8(ascii: "\"") else { throw error }
        var end = string.startIndex + 1
        while end < string.endIndex, string[end] != UInt8(ascii: "\"") {
            end += string[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard end + 1 < string.endIndex, string[end + 1] == UInt8(ascii: "]"),
            let name = try? JSONDocument(parsing: Array(string[...end])).root.string
        else { throw error }
        rest = rest[(end + 2)...]
        return name
    }

    private static func wrongCharacter(in text: String) -> AttributePathError {
        AttributePathError(
            "“\(text.printable)”: a part of a path has letters, digits, _ and - only; another name stands in brackets, as in "
                + "$context[\"a b\"]"
        )
    }
}
