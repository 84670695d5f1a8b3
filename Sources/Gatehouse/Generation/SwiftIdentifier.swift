/// Identifiers of Swift for permission and role names.
enum SwiftIdentifier {
    /// The list of all constants.
    static let listName = "allInPolicy"

    /// Returns an identifier for each of these names, which are well-formed and all different. No two identifiers are equal.
    ///
    /// The identifier is the words of the name in lower camel case. Where two names have the same words, each gets its spelling instead. A
    /// spelling is never the camel case of another name: a spelling holds `_` and a letter, or begins with a capital, and camel case does
    /// neither; or the spelling is the name itself, which then is its own camel case.
    static func identifiers(for names: [String]) -> [String] {
        let camelCased = names.map(camelCase)
        let uses = Dictionary(grouping: camelCased) { $0 }.mapValues(\.count)
        return zip(names, camelCased).map { name, candidate in
            usable(candidate.isEmpty || uses[candidate] != 1 ? spelling(name) : candidate)
        }
    }

    /// Returns the words of a name in lower camel case, as `orgInvoicesRead` for `org:invoices:read`; empty if the name has neither letter
    /// nor digit.
    private static func camelCase(_ name: String) -> String {
        let words = name.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        guard let first = words.first else { return "" }
        let others = words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return prefixed(lowercasedStart(first) + others.joined())
    }

    /// Returns a word of capitals in lower case, and every other word with its first letter in lower case.
    private static func lowercasedStart(_ word: String) -> String {
        guard word.first?.isLetter == true else { return word }
        return word.contains(where: \.isLowercase) ? word.prefix(1).lowercased() + word.dropFirst() : word.lowercased()
    }

    /// Returns the name with `_` and a letter for each sign: no other name has the same.
    private static func spelling(_ name: String) -> String {
        let signs: [Character: String] = [":": "_c", "_": "_u", "-": "_h", ".": "_d"]
        return prefixed(name.map { signs[$0] ?? String($0) }.joined())
    }

    /// Returns the identifier with `_` before a digit at its start: no identifier begins with a digit.
    private static func prefixed(_ identifier: String) -> String {
        identifier.first?.isNumber == true ? "_" + identifier : identifier
    }

    /// Returns the identifier if Swift takes it as a member, otherwise the identifier in backticks or with a final `_`, which no other
    /// identifier has.
    private static func usable(_ identifier: String) -> String {
        if reserved.contains(identifier) || identifier.first?.isUppercase == true { return identifier + "_" }
        return keywords.contains(identifier) ? "`\(identifier)`" : identifier
    }

    /// The members that a type or an enumeration already has, and names that a dot does not reach.
    private static let reserved: Set = [
        listName, "allCases", "customMirror", "description", "encode", "hash", "hashValue", "init", "name", "none",
        "rawValue", "self", "some",
    ]

    /// The keywords of Swift:
    /// https://docs.swift.org/swift-book/documentation/the-swift-programming-language/lexicalstructure#Keywords-and-Punctuation
    private static let keywords: Set = [
        "as", "associatedtype", "async", "await", "borrowing", "break", "case", "catch", "class", "consuming",
        "continue",
        "default", "defer", "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for",
        "func", "guard", "if", "import", "in", "inout", "internal", "is", "let", "nil", "operator",
        "precedencegroup", "private", "protocol", "public", "repeat", "rethrows", "return", "static", "struct",
        "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where", "while",
    ]
}
