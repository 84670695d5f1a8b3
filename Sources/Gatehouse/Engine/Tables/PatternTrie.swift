/// Patterns by their segments, each with a value. The search for the patterns that match a name takes time by the name, not by the number
/// of patterns.
struct PatternTrie: Sendable {
    private(set) var nodes = [Node()]

    struct Node: Sendable {
        /// The node after each literal segment.
        var children: [Int: Int] = [:]
        /// The node after `*`.
        var any: Int?
        /// The values of the patterns that end here.
        var ends: [Int] = []
        /// The values of the patterns that end here with `**`, which takes at least one segment.
        var rests: [Int] = []
    }

    mutating func insert(_ pattern: PermissionPattern, _ value: Int, _ segments: SegmentTable) {
        var node = 0
        for segment in pattern.segments {
            switch segment {
            case .exactly(let text):
                guard let id = segments.id(of: text) else { return }  // the table has every segment of the policy
                let child = nodes[node].children[id] ?? append()
                nodes[node].children[id] = child
                node = child
            case .any:
                let child = nodes[node].any ?? append()
                nodes[node].any = child
                node = child
            case .rest:
                nodes[node].rests.append(value)
                return
            }
        }
        nodes[node].ends.append(value)
    }

    private mutating func append() -> Int {
        nodes.append(Node())
        return nodes.count - 1
    }

    var isEmpty: Bool { nodes.count == 1 && nodes[0].rests.isEmpty }

    /// The approximate number of bytes of the trie.
    var size: Int { nodes.count * 128 }

    /// Returns true if any pattern matches the name.
    func matches(_ name: [Int]) -> Bool {
        var isMatched = false
        visit(name[...], 0) { _ in
            isMatched = true
            return false
        }
        return isMatched
    }

    /// Calls `body` with the value of every pattern that matches the name.
    func forEachMatch(_ name: [Int], _ body: (Int) -> Void) {
        visit(name[...], 0) {
            body($0)
            return true
        }
    }

    /// Visits the values of the patterns that match a name, while `body` returns true. A name has at most 16 segments, which bounds the
    /// recursion.
    @discardableResult
    private func visit(_ name: ArraySlice<Int>, _ node: Int, _ body: (Int) -> Bool) -> Bool {
        guard let segment = name.first else { return nodes[node].ends.allSatisfy(body) }
        guard nodes[node].rests.allSatisfy(body) else { return false }
        let rest = name.dropFirst()
        if let child = nodes[node].children[segment], !visit(rest, child, body) { return false }
        if let any = nodes[node].any, !visit(rest, any, body) { return false }
        return true
    }
}

/// The literal segments of a policy's patterns, each with a dense id, so that a name is split and hashed once.
struct SegmentTable: Sendable {
    /// The number for a segment that no pattern has.
    static let unknown = -1
    private let table: NameTable

    init(of policy: Policy) {
        var names: Set<ByteText> = []
        let patterns = policy.roles.lazy.flatMap { $0.grants + $0.denies } + policy.rules.lazy.flatMap(\.permissions)
        for text in patterns {
            guard let pattern = try? PermissionPattern(validating: text), pattern.exactName == nil else { continue }
            for case .exactly(let segment) in pattern.segments { names.insert(segment) }
        }
        table = NameTable(names.map(\.string))
    }

    func id(of segment: ByteText) -> Int? { table.id(of: segment.string) }

    /// Returns the segments of a name by their ids.
    func ids(of permission: Permission) -> [Int] {
        permission.name.withUTF8Bytes { bytes in
            bytes.split(separator: UInt8(ascii: ":")).map { segment in
                let segment = UnsafeBufferPointer(rebasing: segment)
                return table.unownedView.id(of: BorrowedBytes(segment)) ?? Self.unknown
            }
        }
    }
}
