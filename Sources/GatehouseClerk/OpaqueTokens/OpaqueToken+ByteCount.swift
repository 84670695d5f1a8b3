extension OpaqueToken {
    /// Whether the token takes no more than so many bytes of memory: those of its texts, and 64 for each value of its claims.
    func fits(in byteCount: Int) -> Bool {
        var (left, isOver) = byteCount.subtractingReportingOverflow(id.utf8.count + subject.utf8.count)
        func take(_ text: String) {
            let (rest, overflow) = left.subtractingReportingOverflow(text.utf8.count + 64)
            (left, isOver) = (rest, isOver || overflow)
        }
        for scope in scopes { take(scope) }
        if let clientID { take(clientID) }
        // A walk that ends early, and is no deeper than the stack: a program may nest as deep as memory goes.
        var values = [claims]
        while let value = values.popLast() {
            switch value {
            case .null, .bool: take("")
            case .number(let number): take(number.text)
            case .string(let text): take(text)
            case .array(let elements):
                take("")
                // Not even all put aside: each takes 64.
                guard !isOver, elements.count <= left / 64 else { return false }
                values += elements
            case .object(let members):
                take("")
                guard !isOver, members.count <= left / 64 else { return false }
                for member in members {
                    take(member.name)
                    values.append(member.value)
                }
            }
            guard !isOver, left >= 0 else { return false }
        }
        return !isOver && left >= 0
    }
}
