#if PolicyFiles
import Gatehouse

/// The members of an entry of a list, such as a rule, by their names.
///
/// An unknown member is a finding, and so is a missing member.
struct EntryMembers<Name: RawRepresentable<String> & CaseIterable & Hashable> {
    private var members: [Name: DocumentMember] = [:]
    private(set) var findings: [Finding] = []
    private let code: Finding.Code

    /// Makes the members of an entry.
    ///
    /// - Parameters:
    ///   - entry: The entry's name in messages, with an article.
    ///   - required: The required members.
    init(
        _ members: [DocumentMember],
        _ entry: String,
        at position: SourcePosition,
        required: [Name],
        _ code: Finding.Code
    ) {
        self.code = code
        for member in members {
            if let name = Name(bytesOf: member.key) {
                self.members[name] = member
            } else {
                let message = "\(entry) has no key “\(member.key.printable)”" + Name.suggestion(for: member.key)
                findings.append(Finding(.unknownKey, message, position: member.keyPosition))
            }
        }
        for name in required where self.members[name] == nil {
            findings.append(Finding(code, "\(entry) needs “\(name.rawValue)”", position: position))
        }
    }

    subscript(name: Name) -> DocumentNode? { members[name]?.value }

    /// Reads the value of a member. Returns `nil` if the member is missing or has another form, and adds a finding in the second case.
    mutating func read<Value>(_ name: Name, _ expected: String, _ value: (DocumentNode) -> Value?) -> Value? {
        guard let node = self[name] else { return nil }
        if let value = value(node) { return value }
        wrong("“\(name.rawValue)” must be \(expected)", at: node.position)
        return nil
    }

    /// Reads the strings of a list. An entry that is not a string adds a finding and becomes `placeholder`, so that the others keep their
    /// indices.
    mutating func strings(_ name: Name, placeholder: String) -> [(text: String, position: SourcePosition?)]? {
        guard
            let elements = read(
                name,
                "a list of strings",
                { if case .sequence(let elements) = $0.value { elements } else { nil } }
            )
        else { return nil }
        return elements.map { element in
            if let text = element.string { return (text, element.position) }
            wrong("an entry of “\(name.rawValue)” must be a string, not \(element.kind)", at: element.position)
            return (placeholder, nil)
        }
    }

    private mutating func wrong(_ message: String, at position: SourcePosition) {
        findings.append(Finding(code, message, position: position))
    }
}
#endif
