/// Rewrites one source file so that each of its mutations can be chosen when the program runs; see `MutationRuntime`.
struct Mutator {
    /// The replacement of a binary operator, and the operator that binds as it does and stands before the number.
    private static let operators: [String: (first: String, mutations: [String])] = [
        "==": ("=^", ["!="]),
        "!=": ("=^", ["=="]),
        "<": ("=^", ["<=", ">="]),
        "<=": ("=^", ["<", ">"]),
        ">": ("=^", [">=", "<="]),
        ">=": ("=^", [">", "<"]),
        "&&": ("&^", ["||"]),
        "||": ("|^", ["&&"]),
        "+": ("+^", ["nothing"]),
        "-": ("+^", ["nothing"]),
    ]

    /// The line of each mutation, and its code with the change marked, in the order of their numbers.
    private(set) var mutations: [(line: Int, code: String)] = []
    private let first: Int
    private var tokens: [Token]

    /// Numbers the mutations from `first` on.
    init(_ source: String, from first: Int) {
        self.first = first
        tokens = Tokenizer.tokens(of: source)
        for index in tokens.indices { mutateToken(index) }
        for index in tokens.indices { mutateConditions(after: index) }
    }

    /// The source, rewritten.
    var rewritten: String { tokens.map(\.written).joined() }

    /// Comparisons, Boolean operators and literals, and counts that are one off.
    private mutating func mutateToken(_ index: Int) {
        let text = tokens[index].text
        let previous = tokens[..<index].last { !$0.isSpace }?.text ?? ""
        if let (before, changes) = Self.operators[text], isSpace(index - 1), isSpace(index + 1), previous != "func",
            !isOfTypes(index)
        {
            if text == "+" || text == "-", tokens[index + 2].text != "1" { return }
            let number = add(changes.map { "{\(text) → \($0)}" }, at: index)
            tokens[index].written = "\(before) \(number) ^\(text)"
        } else if text == "!", !isSpace(index + 1), isSpace(index - 1) || "([{".contains(previous) {
            tokens[index].written = "\(add(["{! → nothing}"], at: index)) ^! "
        } else if text == "true" || text == "false", previous != "while", !isInPattern(index) {
            tokens[index].written = "flipped(\(add(["{not} \(text)"], at: index)), \(text))"
        }
    }

    /// Guards are dropped; conditions in which nothing else mutates are negated. Bindings stay.
    private mutating func mutateConditions(after keyword: Int) {
        for clause in conditions(after: keyword) {
            guard let start = clause.first, let end = clause.last,
                !["let", "var", "case", "#available", "true"].contains(tokens[start].text)
            else { continue }
            let change: (mark: String, function: String)
            if tokens[keyword].text == "guard" {
                change = ("{dropped}", "dropped")
            } else if clause.allSatisfy({ tokens[$0].written == tokens[$0].text }) {
                change = ("{not}", "flipped")
            } else {
                continue
            }
            let number = add(["\(change.mark) \(tokens[start].text)"], at: start)
            tokens[start].written = "\(change.function)(\(number), \(tokens[start].written)"
            tokens[end].written += ")"
        }
    }

    /// The text between the commas after `guard`, `if`, `while` or the `where` of `for`: the pieces without spaces.
    private func conditions(after keyword: Int) -> [[Int]] {
        let text = tokens[keyword].text
        guard ["guard", "if", "while", "for"].contains(text) else { return [] }
        if text == "while", keyword > 1, tokens[keyword - 2].text == "}", tokens[keyword - 1].text == " " { return [] }
        var clauses: [[Int]] = text == "for" ? [] : [[]]
        var depth = 0
        for index in tokens.indices[(keyword + 1)...] where !tokens[index].isSpace {
            switch tokens[index].text {
            case "else" where depth == 0 && text == "guard": return clauses
            case "{" where depth == 0 && text != "guard": return clauses
            case "where" where depth == 0: clauses.append([])
            case "," where depth == 0: clauses.append([])
            case let piece:
                if "([{".contains(piece) { depth += 1 }
                if ")]}".contains(piece) { depth -= 1 }
                if depth < 0 { return [] }  // the keyword was a label
                if !clauses.isEmpty { clauses[clauses.count - 1].append(index) }
            }
        }
        return []
    }

    /// True if it stands after `case`, before what ends the pattern.
    private func isInPattern(_ index: Int) -> Bool {
        tokens[..<index].last { ["case", ":", "=", "{"].contains($0.text) }?.text == "case"
    }

    /// True if it stands in the first line of an extension, and compares types.
    private func isOfTypes(_ index: Int) -> Bool {
        tokens.contains { $0.line == tokens[index].line && $0.text == "extension" }
    }

    private func isSpace(_ index: Int) -> Bool { tokens.indices.contains(index) && tokens[index].isSpace }

    /// Records mutations at a place; the number of the first of them.
    private mutating func add(_ changes: [String], at index: Int) -> Int {
        let line = tokens[index].line
        for change in changes {
            let code = tokens.indices.filter { tokens[$0].line == line }
                .map { $0 == index ? change : tokens[$0].text }
                .joined()
                .prefix { $0 != "\n" }
            mutations.append((line, String(code)))
        }
        return first + mutations.count - changes.count
    }
}
