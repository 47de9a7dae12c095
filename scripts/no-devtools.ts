// Ink imports react-devtools-core when DEV is set; the shipped bundle never does.
export default {initialize() {}, connectToDevTools() {}};
