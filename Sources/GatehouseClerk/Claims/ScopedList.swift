/// The claims `fea` and `pla`: a list of `scope:name` with commas in between. In the scope, `o` stands for the organization and `u` for the
/// user.
struct ScopedList {
    let entries: [ScopedEntry]

    /// Reads a claim; a claim that is no string is an empty list.
    init(_ claim: JSONNode?) {
        entries = claim?.string.map { $0.commaSeparated.map(ScopedEntry.init) } ?? []
    }

    /// True if every entry has a scope. Without the scope of an entry, the masks cannot be assigned to the entries.
    var isWellFormed: Bool { entries.allSatisfy { $0.scope != nil } }

    /// The entries that have a scope and a name, unchanged.
    var scopedTexts: [String] { entries.filter { $0.scope != nil && !$0.name.isEmpty }.map(\.text) }
}

extension String {
    /// The parts between commas, without white space around them.
    var commaSeparated: [String] {
        var text = self
        return text.withUTF8 { bytes in
            bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { part in
                guard let first = part.firstIndex(where: { !$0.isWhiteSpace }),
                    let last = part.lastIndex(where: { !$0.isWhiteSpace })
                else { return "" }
                return String(decoding: part[first...last], as: UTF8.self)
            }
        }
    }
}

extension UInt8 {
    fileprivate var isWhiteSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
