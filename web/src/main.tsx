import { render } from 'preact'
import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/source-serif-4/wght.css'
import '@fontsource-variable/source-serif-4/wght-italic.css'
import './styles/base.css'
import './styles/shell.css'
import './styles/parts.css'
import './styles/views.css'
import { App } from './app'

render(<App />, document.getElementById('app')!)
