/// Patterns by their segments: whether any of them matches a name depends on the name, not on how many they are.
struct PatternTrie: Sendable {
    private var nodes = [Node()]

    private struct Node: Sendable {
        var children: [ByteText: Int] = [:]
        /// Where `*` leads.
        var any: Int?
        var isEnd = false
        /// Whether a pattern ends here with `**`, which takes one segment or more.
        var takesRest = false
    }

    mutating func insert(_ pattern: PermissionPattern) {
        var node = 0
        for segment in pattern.segments {
            switch segment {
            case .exactly(let text):
                let child = nodes[node].children[text] ?? append()
                nodes[node].children[text] = child
                node = child
            case .any:
                let child = nodes[node].any ?? append()
                nodes[node].any = child
                node = child
            case .rest:
                nodes[node].takesRest = true
                return
            }
        }
        nodes[node].isEnd = true
    }

    private mutating func append() -> Int {
        nodes.append(Node())
        return nodes.count - 1
    }

    func matches(_ permission: Permission) -> Bool {
        guard nodes.count > 1 || nodes[0].takesRest else { return false }
        let segments = permission.name.utf8.split(separator: UInt8(ascii: ":")).map { ByteText(String(Substring($0))) }
        return matches(segments[...], from: nodes[0])
    }

    /// A name has at most 16 segments, which bounds the recursion.
    private func matches(_ segments: ArraySlice<ByteText>, from node: Node) -> Bool {
        guard let segment = segments.first else { return node.isEnd }
        if node.takesRest { return true }
        let rest = segments.dropFirst()
        if let child = node.children[segment], matches(rest, from: nodes[child]) { return true }
        if let any = node.any, matches(rest, from: nodes[any]) { return true }
        return false
    }
}
