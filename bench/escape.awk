# Text as the inside of a JSON string.
function escape(s) {
    gsub(/\\/, "\\\\", s); gsub(/"/, "\\\"", s); gsub(/\t/, "\\t", s); gsub(/\r/, "\\r", s); gsub(/\f/, "\\f", s)
    return s
}
