import HTTPTypes
import Testing

extension HTTPFields {
    /// Fields with these names and values; a name that is none is left out, and reported.
    init(pairs: [(String, String)]) {
        self.init()
        for (name, value) in pairs {
            guard let name = HTTPField.Name(name) else {
                Issue.record("“\(name)” is no field name")
                continue
            }
            append(HTTPField(name: name, value: value))
        }
    }
}
