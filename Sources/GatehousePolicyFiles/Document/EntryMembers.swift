#if PolicyFiles
import Gatehouse

/// The members of a list's entry, such as a rule, each under its name.
///
/// An unknown member and one that is missing are findings.
struct EntryMembers<Name: RawRepresentable<String> & CaseIterable & Hashable> {
    private var members: [Name: DocumentMember] = [:]
    private(set) var findings: [Finding] = []
    private let code: Finding.Code

    /// - Parameters:
    ///   - entry: The name in messages, with an article.
    ///   - required: The members that must be there.
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

    /// The value of a member, or nothing and a finding that it must be something else.
    mutating func read<Value>(_ name: Name, _ expected: String, _ value: (DocumentNode) -> Value?) -> Value? {
        guard let node = self[name] else { return nil }
        if let value = value(node) { return value }
        wrong("“\(name.rawValue)” must be \(expected)", at: node.position)
        return nil
    }

    /// The strings of a list. One that is something else is a finding, and `placeholder` here, so that the others keep
    /// their places.
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
