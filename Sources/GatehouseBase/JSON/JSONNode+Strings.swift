extension JSONNode {
    /// The elements of an array of strings; `nil` for any other value.
    package var strings: [String]? {
        guard kind == .array else { return nil }
        var strings: [String] = []
        for element in elements {
            guard let string = element.string else { return nil }
            strings.append(string)
        }
        return strings
    }
}
