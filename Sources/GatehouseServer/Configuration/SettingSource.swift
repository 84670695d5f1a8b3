#if Server
import Gatehouse
import GatehouseBase
import GatehousePolicyFiles

/// The values of a configuration from a file and from variables, with their problems.
struct SettingSource {
    /// A value and its position.
    struct Found {
        enum Value {
            case node(DocumentNode)
            case text(String)
        }

        let key: String
        let value: Value
        let source: String
        let position: SourcePosition?
    }

    /// The file's name in messages; `nil` if there is no file.
    let fileName: String?
    private(set) var problems: [ConfigurationProblem] = []
    private var nodes: [SettingKey: DocumentNode] = [:]
    /// The start of each mapping of the file.
    private var sections: [String: SourcePosition] = [:]
    private var variables: [SettingKey: (name: String, text: String)] = [:]

    init(fileName: String?) {
        self.fileName = fileName
    }

    /// Returns true if the file or a variable has a value of a section.
    func hasSection(_ name: String) -> Bool {
        sections[name] != nil || variables.keys.contains { $0.rawValue.hasPrefix(name + ".") }
    }

    /// The value of a key. A variable takes precedence over the file.
    subscript(key: SettingKey) -> Found? {
        if let (name, text) = variables[key] {
            return Found(key: key.rawValue, value: .text(text), source: name, position: nil)
        }
        return nodes[key].map {
            Found(key: key.rawValue, value: .node($0), source: fileName ?? "", position: $0.position)
        }
    }

    mutating func wrong(_ found: Found, _ message: String, at position: SourcePosition? = nil) {
        let place = position ?? found.position
        problems.append(ConfigurationProblem(found.key, message, in: found.source, at: place))
    }

    mutating func wrong(_ key: String, _ message: String, at position: SourcePosition? = nil) {
        problems.append(ConfigurationProblem(key, message, in: fileName, at: position ?? section(of: key)))
    }

    /// Returns the start of the mapping that the key names or belongs to; `nil` if the file has no such mapping.
    private func section(of key: String) -> SourcePosition? {
        sections.filter { key == $0.key || key.hasPrefix($0.key + ".") }.max { $0.key.utf8.count < $1.key.utf8.count }?
            .value
    }

    mutating func add(_ problem: ConfigurationProblem) { problems.append(problem) }
}

extension SettingSource {
    /// Reads the values of a file.
    mutating func read(file bytes: [UInt8]) {
        do throws(SyntaxError) {
            // A file that has only comments has no values, which is no error.
            guard bytes.hasContent else { return }
            let tree = try PolicyDocument.tree(of: bytes)
            for error in tree.errors { wrong("", error.message, at: error.position) }
            if case .null = tree.root.value { return }
            guard case .mapping(let members) = tree.root.value else {
                return wrong("", "a configuration must be a mapping, not \(tree.root.kind)", at: tree.root.position)
            }
            read(members, in: "")
        } catch {
            wrong("", error.message, at: error.position)
        }
    }

    private mutating func read(_ members: [DocumentMember], in section: String) {
        for member in members {
            let path = section.isEmpty ? member.key : "\(section).\(member.key)"
            if let key = SettingKey.allCases.first(where: { $0.rawValue.hasSameBytes(as: path) }),
                !member.key.utf8.contains(UInt8(ascii: "."))
            {
                if case .null = member.value.value {
                    wrong(path, "has no value; leave the key out for the default", at: member.keyPosition)
                } else {
                    nodes[key] = member.value
                }
            } else if SettingKey.sections.contains(where: { $0.hasSameBytes(as: path) }),
                !member.key.utf8.contains(UInt8(ascii: "."))
            {
                sections[path] = member.keyPosition
                switch member.value.value {
                case .mapping(let inner): read(inner, in: path)
                default: wrong(path, "must be a mapping, not \(member.value.kind)", at: member.value.position)
                }
            } else {
                unknown(member, in: section)
            }
        }
    }

    private mutating func unknown(_ member: DocumentMember, in section: String) {
        let prefix = section.isEmpty ? "" : section + "."
        let known = (SettingKey.allCases.map(\.rawValue) + SettingKey.sections).compactMap { path -> String? in
            guard path.hasPrefix(prefix) else { return nil }
            return path.dropFirst(prefix.count).split(separator: ".").first.map(String.init)
        }
        var names = NearestNames(Array(Set(known)).sorted())
        let place = section.isEmpty ? "a configuration" : "“\(section)”"
        wrong(
            (prefix + member.key).printable,
            "\(place) has no key “\(member.key.printable)”" + names.suggestion(for: member.key),
            at: member.keyPosition
        )
    }

    /// Reads the values of variables.
    mutating func read(environment: [String: String]) {
        var known: [String: SettingKey] = [:]
        for key in SettingKey.allCases {
            known[key.variable] = key
            // Gatehouse's names are read first, so that they take precedence over Clerk's names.
            if let name = key.clerkVariable, let text = environment[name] { take(text, name, key) }
        }
        for (name, text) in environment.sorted(by: { $0.key.precedesByBytes($1.key) })
        where name.hasPrefix("GATEHOUSE_") {
            if let key = known[name] {
                take(text, name, key)
            } else if !Self.isOfOthers(name) {
                // Other programs have variables with this prefix, too. A variable is an error only if its name is almost one of ours.
                let prefix = "GATEHOUSE_"
                var names = NearestNames(known.keys.sorted().map { String($0.dropFirst(prefix.count)) })
                guard let nearest = names.nearest(to: String(name.dropFirst(prefix.count))) else { continue }
                let message = "there is no such variable; did you mean “\(prefix)\(nearest)”?"
                add(ConfigurationProblem("", message, in: name.printable))
            }
        }
    }

    private mutating func take(_ text: String, _ name: String, _ key: SettingKey) {
        guard !key.isInFileOnly else {
            return add(ConfigurationProblem(key.rawValue, "stands in the file only", in: name))
        }
        guard !text.isEmpty else {
            return add(ConfigurationProblem(key.rawValue, "is empty; unset the variable for the default", in: name))
        }
        variables[key] = (name, text)
    }

    /// Returns true for the variables that Kubernetes sets for a service named `gatehouse`, and for those of Gatehouse's own tests.
    private static func isOfOthers(_ name: String) -> Bool {
        name.hasPrefix("GATEHOUSE_SERVICE_") || name.hasPrefix("GATEHOUSE_PORT") || name == "GATEHOUSE_VECTORS"
    }
}

extension [UInt8] {
    /// True if the text has more than blank lines and comments.
    fileprivate var hasContent: Bool {
        split(separator: UInt8(ascii: "\n")).contains { line in
            let first = line.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") && $0 != UInt8(ascii: "\r") }
            return first != nil && first != UInt8(ascii: "#")
        }
    }
}
#endif
