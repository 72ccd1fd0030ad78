//! `view!`: HTML written in Rust becomes calls of the app's renderer, `crate::ui::dom`. What is parsed is what Leptos
//! parses; what comes out is plain calls, so that a page costs little more than its words.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeElement, NodeName};
use syn::{Error, Expr, ExprLit, Lit};

/// Builds a `View`. Elements take attributes, `on:event=…`, `prop:name=…` and `style:name=…`; a name with a capital
/// letter is a component: a struct with public fields, `Default` and `fn draw(self) -> View`. What stands between its
/// tags becomes the field `children`.
#[proc_macro]
pub fn view(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let drawn = rstml::parse(input).and_then(|nodes| view_of(&nodes));
    drawn.unwrap_or_else(|error| error.to_compile_error()).into()
}

fn view_of(nodes: &[Node]) -> Result<TokenStream, Error> {
    if let [node] = nodes {
        let node = node_of(node)?;
        return Ok(quote!(crate::ui::dom::IntoView::into_view(#node)));
    }
    let children = children_of(nodes)?;
    Ok(quote!(crate::ui::dom::IntoView::into_view(crate::ui::dom::fragment()#children)))
}

fn children_of(nodes: &[Node]) -> Result<TokenStream, Error> {
    nodes.iter().map(|node| node_of(node).map(|child| quote!(.child(#child)))).collect()
}

fn node_of(node: &Node) -> Result<TokenStream, Error> {
    match node {
        Node::Element(element) if is_component(element.name()) => component_of(element),
        Node::Element(element) => element_of(element),
        Node::Fragment(fragment) => view_of(&fragment.children),
        Node::Text(text) => Ok(text.value.to_token_stream()),
        Node::Block(block) => {
            let block = block.try_block().ok_or_else(|| Error::new_spanned(block, "no Rust block"))?;
            Ok(match block.stmts.as_slice() {
                // Braces around a single expression are the markup's.
                [syn::Stmt::Expr(expression, None)] => expression.to_token_stream(),
                _ => block.to_token_stream(),
            })
        }
        Node::Comment(_) => Ok(quote!("")),
        other => Err(Error::new_spanned(other, "elements, quoted text and {expressions} only")),
    }
}

fn element_of(element: &NodeElement<rstml::Infallible>) -> Result<TokenStream, Error> {
    let mut written = element.name().to_string();
    let mut attributes = TokenStream::new();
    for attribute in keyed(element)? {
        match fixed(attribute) {
            Some((name, value)) => written += &format!("|{name}|{value}"),
            None => attributes.extend(attribute_of(attribute)?),
        }
    }
    let children = children_of(&element.children)?;
    Ok(quote!(crate::ui::dom::element(#written)#attributes #children))
}

fn attribute_of(attribute: &KeyedAttribute) -> Result<TokenStream, Error> {
    let key = attribute.key.to_string();
    let value = attribute.value().map_or_else(|| quote!(true), ToTokens::to_token_stream);
    Ok(match key.split_once(':') {
        None => quote!(.attribute(#key, #value)),
        Some(("on", event)) => quote!(.on(#event, #value)),
        Some(("prop", name)) => quote!(.property(#name, #value)),
        Some(("style", name)) => quote!(.style(#name, #value)),
        Some(_) => return Err(Error::new_spanned(&attribute.key, "only on:, prop: and style: are known")),
    })
}

/// An attribute that never changes: it goes into the text that describes the element.
fn fixed(attribute: &KeyedAttribute) -> Option<(String, String)> {
    let (name, value) = (attribute.key.to_string(), attribute.value_literal_string()?);
    let is_text = matches!(attribute.value(), Some(Expr::Lit(ExprLit { lit: Lit::Str(_), .. })));
    (is_text && !name.contains(':') && !value.contains('|')).then_some((name, value))
}

/// A prop without a value takes the variable of its own name.
fn component_of(element: &NodeElement<rstml::Infallible>) -> Result<TokenStream, Error> {
    let name = element.name();
    // A name that nobody else can write.
    let component = Ident::new("component", Span::mixed_site());
    let mut props = TokenStream::new();
    for attribute in keyed(element)? {
        let key = &attribute.key;
        let value = attribute.value().map_or_else(|| key.to_token_stream(), ToTokens::to_token_stream);
        props.extend(quote!(#component.#key = ::core::convert::Into::into(#value);));
    }
    if !element.children.is_empty() {
        let children = view_of(&element.children)?;
        props.extend(quote!(#component.children = #children;));
    }
    Ok(quote!({
        let mut #component: #name = ::core::default::Default::default();
        #props
        #component.draw()
    }))
}

fn keyed(element: &NodeElement<rstml::Infallible>) -> Result<Vec<&KeyedAttribute>, Error> {
    let mut keyed = Vec::new();
    for attribute in element.attributes() {
        match attribute {
            NodeAttribute::Attribute(attribute) => keyed.push(attribute),
            other => return Err(Error::new_spanned(other, "attributes are written name=value")),
        }
    }
    Ok(keyed)
}

fn is_component(name: &NodeName) -> bool {
    name.to_string().starts_with(char::is_uppercase)
}
